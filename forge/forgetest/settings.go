package forgetest

import (
	"net"
	"strings"
)

// settings is the app.ini of a Gitea that does what the tests need and little
// else: no mail, no cron, no actions, no SSH, and everything that can be held
// in memory held there. What the contract measures (page sizes, token checks,
// labels, dependencies) is left at Gitea's defaults.
func settings(dir, static, address string) string {
	host, port, _ := net.SplitHostPort(address)
	return strings.NewReplacer("{dir}", dir, "{static}", static, "{host}", host, "{port}", port).Replace(`
APP_NAME = forgetest
RUN_MODE = prod
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
WORK_PATH = {dir}

[server]
PROTOCOL = http
HTTP_ADDR = {host}
HTTP_PORT = {port}
ROOT_URL = http://{host}:{port}/
APP_DATA_PATH = {dir}/data
STATIC_ROOT_PATH = {static}
DISABLE_SSH = true
OFFLINE_MODE = true
LFS_START_SERVER = false

[database]
DB_TYPE = sqlite3
PATH = {dir}/gitea.db
SQLITE_JOURNAL_MODE = WAL

[security]
INSTALL_LOCK = true
SECRET_KEY = of-no-value-the-server-lives-for-one-test-run
PASSWORD_HASH_ALGO = pbkdf2$1$50

[service]
DISABLE_REGISTRATION = true
ENABLE_NOTIFY_MAIL = false

[repository]
ROOT = {dir}/repos

[queue]
TYPE = channel

[session]
PROVIDER = memory

[cache]
ADAPTER = memory

[indexer]
ISSUE_INDEXER_TYPE = db

[mailer]
ENABLED = false

[cron]
ENABLED = false

[actions]
ENABLED = false

[packages]
ENABLED = false

[federation]
ENABLED = false

[log]
MODE = console
LEVEL = error
`)
}
