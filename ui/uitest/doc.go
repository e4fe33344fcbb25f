// Package uitest is a terminal to test screens in. It runs a program in a
// pseudo-terminal, types on its keyboard, and shows what a person would see:
//
//	term := uitest.Start(t, 100, 30, exec.Command(uitest.Build(t), "--demo"))
//	term.WaitFor("Inbox")
//	term.Type("j", "j", "enter")
//	term.WaitFor("Search is slow")
//	term.Type("ctrl+c")
//	if code := term.Wait(); code != 0 { … }
//
// Tests wait for what the screen shows, never for time to pass: WaitFor and
// WaitUntil wake whenever the program has written, look only at whole frames,
// and when their patience ends the test with the screen as it was.
//
// What was written is of no use to a test: a renderer sends single cells. What
// the screen shows after it is what Screen and Cells tell, and the function
// Screen does the same for a string without any program.
package uitest
