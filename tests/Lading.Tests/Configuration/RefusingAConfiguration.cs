using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

public class RefusingAConfiguration
{
    [Fact]
    public void An_unknown_key_is_reported_with_its_line_and_the_valid_keys() =>
        Refused(
            """
            {
              "project": "storefront",
              "images": {
                "web": {
                  "context": "src/web",
                  "platform": ["linux/amd64"]
                }
              }
            }
            """,
            "lading.json:6:7: images.web.platform is not a key of an image built from a Dockerfile. Did you mean platforms? "
                + "Valid: args, context, contexts, dockerfile, epoch, hold, platforms, repository, secrets, ssh, target."
        );

    [Fact]
    public void All_mistakes_are_reported_at_once() =>
        Refused(
            """
            { "project": "Shop",
              "images": { "web": { "context": "src\\web" }, "Old": { "context": "a" } },
              "alias": [] }
            """,
            """
            lading.json:1:14: project is "Shop". Expected lower-case letters and digits, separated by '.', '_', '-' or '/'.
            lading.json:2:35: images.web.context is "src\web". Write it with '/': src/web.
            lading.json:2:49: images.Old is not a valid name for an image. Expected lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit.
            lading.json:3:3: alias is not a key of lading.json. Did you mean aliases? Valid: $schema, aliases, check, environments, images, lading, project, retention.
            """
        );

    [Theory]
    [InlineData("", ":1:1: the file is empty. Delete it; 'lading init' writes a first lading.json")]
    [InlineData("[]", ":1:1: the file is a list, but an object is expected.")]
    [InlineData("{", ":1:2: this is not JSON: the file ends, but a key in double quotes is expected.")]
    [InlineData("{\n  \"project\": 'a'\n}", ":2:14: this is not JSON: a value (a text in double quotes, a number,")]
    [InlineData("{} {}", ":1:4: this is not JSON: the end of the file is expected, not {.")]
    [InlineData(
        "{\n  \"project\": \"a\" // why\n  \"images\": {}\n}",
        ":3:3: this is not JSON: a comma or } is expected, not \"."
    )]
    [InlineData("{ \"a\": [1 2] }", ":1:11: this is not JSON: a comma or ] is expected, not 2.")]
    [InlineData("{ \"a\": [\"1\" }", ":1:13: this is not JSON: a comma or ] is expected, not }.")]
    [InlineData("{ project: \"a\" }", ":1:3: this is not JSON: a key in double quotes is expected, not p.")]
    [InlineData("{ \"project\" \"a\" }", ":1:13: this is not JSON: a colon is expected, not \".")]
    [InlineData(
        "{\n  \"project\": \"a,\n  \"images\": {}\n}",
        ":2:17: this is not JSON: a double quote is missing at the end of a text."
    )]
    [InlineData(
        "{ \"project\": \"C:\\web\" }",
        ":1:18: this is not JSON: a backslash in a text is written twice: \\\\."
    )]
    [InlineData("{ \"project\": yes }", ":1:14: this is not JSON: a value (a text in double quotes, a number,")]
    [InlineData("{}", ":1:1: the file has no project. Add \"project\": \"storefront\"")]
    [InlineData("""{ "project": "a" }""", ":1:1: the file has no images.")]
    [InlineData("""{ "project": "a", "images": [] }""", ":1:29: images is a list, but an object is expected.")]
    [InlineData("""{ "project": "a", "project": "b", "images": {} }""", ":1:19: project is given twice.")]
    [InlineData("""{ "project": "ä", "project": 1, "images": {} }""", ":1:19: project is given twice.")]
    [InlineData("{ \"project\": \"\\ud800\", \"images\": {} }", ":1:14: this text is not valid UTF-8.")]
    public void A_file_must_be_a_valid_document(string json, string expected) =>
        Assert.Contains($"lading.json{expected}", Message(json), StringComparison.Ordinal);

    [Fact]
    public void A_file_in_another_encoding_is_named_as_such()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{}")];

        var failure = Assert.Throws<LadingException>(() => ConfigurationReader.Read(bytes, "lading.json"));

        Assert.Equal("lading.json:1:1: the file is UTF-16. Save it as UTF-8.", failure.Message);
    }

    public static TheoryData<string, string> Refusals =>
        new(RefusedDocuments.All.Select(document => (document.Json, document.Expected)));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_meaningless_definition_is_refused_with_a_helpful_message(string json, string expected) =>
        Assert.Contains(expected, Message(json), StringComparison.Ordinal);

    [Fact]
    public void Two_images_never_share_a_repository() =>
        Assert.Contains(
            "images.b shares the repository of images.a, p/a. Give each image its own repository",
            Message(
                """{ "project": "p", "images": { "a": { "from": "x" }, "b": { "from": "y", "repository": "p/a" } } }"""
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("KEY", "AKIAABCDEFGHIJKLMNOP")]
    [InlineData("GITHUB", "ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("PEM", "-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("FEED", "https://me:hunter2@example.com/feed")]
    [InlineData("NPM_TOKEN", "x")]
    [InlineData("DB_PASSWORD", "x")]
    [InlineData("clientSecret", "x")]
    [InlineData("API_KEY", "x")]
    public void A_credential_is_refused_and_never_repeated(string name, string value)
    {
        var message = Message(
            $$$"""{ "project": "p", "images": { "one": { "context": "a", "args": { "{{{name}}}": "{{{value}}}" } } } }"""
        );

        Assert.Contains($"images.one.args.{name} looks like a credential.", message, StringComparison.Ordinal);
        Assert.Contains("name it under secrets instead", message, StringComparison.Ordinal);
        Assert.True(value.Length == 1 || !message.Contains(value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"images\": {}, \"environments\": { \"a\": { \"registry\": \"https://me:hunter2@example.com\" } }")]
    [InlineData("\"images\": { \"a\": { \"context\": \"https://me:hunter2@example.com/a.git\" } }")]
    [InlineData("\"images\": { \"a\": { \"from\": \"https://me:hunter2@example.com/a\" } }")]
    public void A_credential_in_the_wrong_place_is_not_repeated_either(string members)
    {
        var message = Message($$"""{ "project": "p", {{members}} }""");

        Assert.Contains("contains what looks like a credential. Expected", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NPM_TOKEN", "")]
    [InlineData("TOKEN_URL", "https://example.com/token")]
    [InlineData("TOKENIZER_VERSION", "2")]
    [InlineData("USE_SECRETS", "true")]
    [InlineData("KEYBOARD", "de")]
    public void Arguments_that_only_mention_credentials_are_accepted(string name, string value) =>
        Assert.NotNull(
            ConfigurationReader.Read(
                Encoding.UTF8.GetBytes(
                    $$$"""{ "project": "p", "images": { "one": { "context": "a", "args": { "{{{name}}}": "{{{value}}}" } } } }"""
                ),
                "lading.json"
            )
        );

    private static void Refused(string json, string expected) => Assert.Equal(expected, Message(json));

    private static string Message(string json)
    {
        var failure = Assert.Throws<LadingException>(() =>
            ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json")
        );
        Assert.Equal(FailureKind.Usage, failure.Kind);
        return failure.Message;
    }
}
