@main
struct LDAPLint { static func main() {} }
