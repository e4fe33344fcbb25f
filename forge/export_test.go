package forge

// Same lets the tests' store compare tickets as the Desk does.
var Same = same
