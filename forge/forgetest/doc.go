// Package forgetest is where Docket's forges are put to the test: a real Gitea
// to run against, the embedded one beside it, words to seed both with, and the
// HTTP contract, which says what each must answer.
//
// A story that should hold on every forge reads like this:
//
//	forgetest.Each(t, func(t *testing.T, s *forgetest.Server) {
//		ana := s.NewUser(t, forgetest.Fresh("ana"), "Ana Abel")
//		repo := s.NewRepo(t, ana, "board")
//		n := s.NewTicket(t, ana, repo, "Search is slow", "")
//		s.Comment(t, ana, repo, n, "Since Tuesday.")
//		…
//	})
//
// It always runs on the embedded forge. It also runs on a real Gitea 1.26.0
// when the environment says so:
//
//	DOCKET_TEST_GITEA=1 go test ./...
//
// which needs a C compiler and git, and some minutes the first time to build
// the server from the module in giteaserver. The binary is kept in the user's
// cache directory, under docket-test.
//
// A Faulty stands between docket and a forge and fails in every way that a
// network does, by a plan that can be printed and repeated.
//
// A package with several such stories should share one real server among them:
//
//	func TestMain(m *testing.M) { os.Exit(forgetest.Main(m)) }
//
// Users and repositories are then the unit of isolation: give every test its
// own, with names from Fresh.
package forgetest
