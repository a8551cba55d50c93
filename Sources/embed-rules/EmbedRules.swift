@main
struct EmbedRules { static func main() {} }
