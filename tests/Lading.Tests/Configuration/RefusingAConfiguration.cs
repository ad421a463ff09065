using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

public class RefusingAConfiguration
{
    [Fact]
    public void An_unknown_key_is_told_with_its_place_and_the_valid_ones() =>
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
            "lading.json:6:7: images.web.platform is no key of an image built from a Dockerfile. Did you mean platforms? "
                + "Valid: args, context, contexts, dockerfile, epoch, hold, platforms, repository, secrets, ssh, target."
        );

    [Fact]
    public void All_that_is_wrong_is_told_at_once() =>
        Refused(
            """
            { "project": "Shop",
              "images": { "web": { "context": "src\\web" }, "Old": { "context": "a" } },
              "alias": [] }
            """,
            """
            lading.json:1:14: project is "Shop". Expected lower-case letters and digits, separated by '.', '_', '-' or '/'.
            lading.json:2:35: images.web.context is "src\web". Write it with '/': src/web.
            lading.json:2:49: images.Old is no name for an image. Expected lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit.
            lading.json:3:3: alias is no key of lading.json. Did you mean aliases? Valid: $schema, aliases, environments, images, project.
            """
        );

    [Theory]
    [InlineData("", ":1:1: the file is empty.")]
    [InlineData("[]", ":1:1: the file is a list, where an object is expected.")]
    [InlineData("{", ":1:2: this is no JSON.")]
    [InlineData("{\n  \"project\": 'a'\n}", ":2:14: this is no JSON.")]
    [InlineData("{} {}", ":1:4: this is no JSON.")]
    [InlineData("{}", ":1:1: the file has no project. Add \"project\": \"storefront\"")]
    [InlineData("""{ "project": "a" }""", ":1:1: the file has no images.")]
    [InlineData("""{ "project": "a", "images": [] }""", ":1:29: images is a list, where an object is expected.")]
    [InlineData("""{ "project": "a", "project": "b", "images": {} }""", ":1:19: project is there a second time.")]
    [InlineData("""{ "project": "ä", "project": 1, "images": {} }""", ":1:19: project is there a second time.")]
    [InlineData("{ \"project\": \"\\ud800\", \"images\": {} }", ":1:14: this text is not valid UTF-8.")]
    public void A_document_must_be_one(string json, string expected) =>
        Assert.Contains($"lading.json{expected}", Message(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "one does not say how the image is made. Give it one of: context (a Dockerfile), assemble")]
    [InlineData("\"contxt\": \"a\"", "Did you mean context?")]
    [InlineData("\"context\": \"a\", \"from\": \"b\"", "one has context and from, and an image is made in one way.")]
    [InlineData("\"dockerfile\": \"a/Dockerfile\"", "one has no context. Add \"context\"")]
    [InlineData(
        "\"from\": \"a\", \"target\": \"b\"",
        "target is no key of an image that is somebody else's. It belongs to"
    )]
    [InlineData(
        "\"context\": \"a\", \"run\": \"b\"",
        "run is no key of an image built from a Dockerfile. It belongs into the"
    )]
    [InlineData("\"context\": \"/a\"", "context is \"/a\". Expected a path relative to the folder of lading.json")]
    [InlineData("\"context\": \"C:/a\"", "Expected a path relative")]
    [InlineData("\"context\": \"~/a\"", "Expected a path relative")]
    [InlineData("\"context\": \"https://example.com/a.git\"", "Expected a path of this repository, not an address")]
    [InlineData("\"context\": \"\"", "context is empty.")]
    [InlineData("\"context\": \"a\", \"dockerfile\": \"a/\"", "Expected a file; this is a folder.")]
    [InlineData("\"context\": \"a\", \"platforms\": \"linux/amd64\"", "list is expected. Write [\"linux/amd64\"].")]
    [InlineData("\"context\": \"a\", \"platforms\": []", "platforms is empty.")]
    [InlineData(
        "\"context\": \"a\", \"platforms\": [\"linux/x86_64\"]",
        "[0] is \"linux/x86_64\". Did you mean linux/amd64?"
    )]
    [InlineData("\"context\": \"a\", \"platforms\": [\"amd64\"]", "Did you mean linux/amd64?")]
    [InlineData(
        "\"context\": \"a\", \"platforms\": [\"linux/arm64\", \"linux/arm64/v8\"]",
        "[1] says linux/arm64 a second time."
    )]
    [InlineData(
        "\"context\": \"a\", \"epoch\": \"1\"",
        "epoch is text, where a whole number is expected. Write it without quotes."
    )]
    [InlineData("\"context\": \"a\", \"epoch\": -1", "epoch is -1. Expected a whole number from 0")]
    [InlineData("\"context\": \"a\", \"epoch\": 1.5", "epoch is 1.5.")]
    [InlineData(
        "\"context\": \"a\", \"repository\": \"Shop/Web\"",
        "repository is \"Shop/Web\". Expected lower-case letters"
    )]
    [InlineData(
        "\"context\": \"a\", \"repository\": \"example.com:5000/web\"",
        "the registry comes from the environment"
    )]
    [InlineData(
        "\"context\": \"a\", \"hold\": { \"revision\": \"4e1c0d2\", \"reason\": \"x\" }",
        "Expected a full commit hash"
    )]
    [InlineData(
        "\"context\": \"a\", \"hold\": { \"revision\": \"4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a\" }",
        "hold has no reason."
    )]
    [InlineData(
        "\"context\": \"a\", \"args\": { \"A\": 1 }",
        "args.A is a number, where text is expected. Put it in quotes."
    )]
    [InlineData("\"context\": \"a\", \"args\": { \"A B\": \"\" }", "args.A B is no name of a build argument.")]
    [InlineData("\"context\": \"a\", \"args\": [\"A=1\"]", "args is a list, where an object is expected.")]
    [InlineData("\"context\": \"a\", \"secrets\": { \"t\": {} }", "secrets.t does not say where the secret is.")]
    [InlineData(
        "\"context\": \"a\", \"secrets\": { \"t\": { \"file\": \"a\", \"env\": \"B\" } }",
        "secrets.t has both file and env."
    )]
    [InlineData(
        "\"context\": \"a\", \"secrets\": { \"t\": { \"value\": \"a\" } }",
        "secrets.t.value is no key of a secret."
    )]
    [InlineData("\"context\": \"a\", \"secrets\": { \"t\": \"a\" }", "secrets.t is text, where an object is expected.")]
    [InlineData("\"context\": \"a\", \"ssh\": [\"default=/tmp/agent\"]", "Expected an id, such as default.")]
    [InlineData(
        "\"context\": \"a\", \"contexts\": { \"b\": \"docker-image://A B\" }",
        "Expected the reference of an image"
    )]
    [InlineData("\"context\": \"a\", \"contexts\": { \"b\": \"oci-layout://b\" }", "not an address")]
    [InlineData("\"from\": \"http://example.com/a\"", "Expected the reference of an image")]
    [InlineData("\"from\": \"a@sha256:12\"", "Expected the reference of an image")]
    public void An_image_must_make_sense(string members, string expected) =>
        Assert.Contains(
            expected,
            Message($$"""{ "project": "p", "images": { "one": { {{members}} } } }"""),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", "assemble has no base. Add \"base\": \"scratch\"")]
    [InlineData("\"base\": \"scratch\"", "assemble gives an image with nothing in it.")]
    [InlineData("\"base\": \"a\", \"run\": \"make\"", "assemble has a run without sources.")]
    [InlineData("\"base\": \"a\", \"command\": []", "command is no key of assemble. Did you mean cmd?")]
    [InlineData("\"base\": \"a\", \"copy\": { \"dist/\": \"/srv\" }", "write it as a folder, \"/srv/\".")]
    [InlineData("\"base\": \"a\", \"copy\": { \"*.txt\": \"/srv\" }", "write it as a folder, \"/srv/\".")]
    [InlineData("\"base\": \"a\", \"copy\": { \"a\": \"srv\" }", "Expected an absolute path in the image")]
    [InlineData("\"base\": \"a\", \"copy\": { \"a\": \"/a/../../b\" }", "without '..'.")]
    [InlineData(
        "\"base\": \"a\", \"copy\": { \"/etc/passwd\": \"/a\" }",
        "copy./etc/passwd is no path of the repository."
    )]
    [InlineData("\"base\": \"a\", \"copy\": { \"a\": \"/a\", \"./a\": \"/b\" }", "copy../a is there a second time")]
    [InlineData(
        "\"base\": \"a\", \"entrypoint\": \"/srv/serve\"",
        "entrypoint is text, where a list is expected. Write each word"
    )]
    [InlineData("\"base\": \"a\", \"ports\": [0]", "Expected a port from 1 to 65535")]
    [InlineData("\"base\": \"a\", \"ports\": [\"80/http\"]", "Expected a port from 1 to 65535")]
    [InlineData("\"base\": \"a\", \"workdir\": \"srv\"", "Expected an absolute path in the image")]
    public void An_assembly_must_make_sense(string members, string expected) =>
        Assert.Contains(
            expected,
            Message($$"""{ "project": "p", "images": { "one": { "assemble": { {{members}} } } } }"""),
            StringComparison.Ordinal
        );

    [Fact]
    public void Two_images_never_share_a_repository() =>
        Assert.Contains(
            "images.b has the repository of images.a, p/a. Give each image a repository of its own",
            Message(
                """{ "project": "p", "images": { "a": { "from": "x" }, "b": { "from": "y", "repository": "p/a" } } }"""
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("\"a\": {}", "environments.a does not say where its images live.")]
    [InlineData(
        "\"a\": { \"account\": \"111111111111\" }",
        "environments.a has no region. An account and its region go together."
    )]
    [InlineData("\"a\": { \"region\": \"eu-west-1\" }", "environments.a has no account.")]
    [InlineData(
        "\"a\": { \"account\": 111111111111, \"region\": \"eu-west-1\" }",
        "Put it in quotes: \"111111111111\"."
    )]
    [InlineData(
        "\"a\": { \"account\": \"1111\", \"region\": \"eu-west-1\" }",
        "account is \"1111\". Expected 12 digits."
    )]
    [InlineData(
        "\"a\": { \"account\": \"111111111111\", \"region\": \"Tokyo\" }",
        "Expected an AWS region, such as eu-central-1."
    )]
    [InlineData("\"a\": { \"registry\": \"embeded\" }", "Did you mean embedded?")]
    [InlineData("\"a\": { \"registry\": \"https://example.com\" }", "Expected a host alone")]
    [InlineData("\"a\": { \"registry\": \"example.com/team\" }", "Expected a host alone")]
    [InlineData("\"a\": { \"registry\": \"333333333333\" }", "needs this environment's own account and region")]
    [InlineData("\"a\": { \"registry\": \"embedded\", \"profile\": \"b\" }", "profile has nothing to reach.")]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"insecure\": true }",
        "insecure is for a registry that is named by its host."
    )]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"insecure\": \"yes\" }",
        "insecure is text, where true or false is expected."
    )]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"repositories\": \"cdk\" }",
        "Only repositories in ECR come from a CDK stack"
    )]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"repositories\": \"ckd\" }",
        "Did you mean cdk? Valid: cdk, lading."
    )]
    [InlineData("\"a\": { \"registry\": \"embedded\", \"promotefrom\": \"b\" }", "Did you mean promoteFrom?")]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"promoteFrom\": \"b\" }",
        "There is no such environment. Valid: local."
    )]
    [InlineData("\"a\": { \"registry\": \"embedded\", \"promoteFrom\": \"a\" }", "round in a circle: a from a.")]
    [InlineData(
        "\"a\": { \"registry\": \"embedded\", \"promoteFrom\": \"b\" }, \"b\": { \"registry\": \"embedded\", \"promoteFrom\": \"a\" }",
        "round in a circle: a from b from a."
    )]
    [InlineData(
        "\"local\": { \"account\": \"111111111111\", \"region\": \"eu-west-1\" }",
        "environments.local has an account."
    )]
    [InlineData("\"Prod\": { \"registry\": \"embedded\" }", "environments.Prod is no name for an environment.")]
    public void An_environment_must_make_sense(string members, string expected) =>
        Assert.Contains(
            expected,
            Message($$"""{ "project": "p", "images": {}, "environments": { {{members}} } }"""),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("{tag}", "aliases[0] is \"{tag}\". The placeholders are {branch} and {commit}, the full commit hash.")]
    [InlineData("{branch", "The placeholders are")]
    [InlineData("src-{commit}", "Tags that begin with src- have a meaning of their own")]
    [InlineData("git-{commit}", "Tags that begin with git- have a meaning of their own")]
    [InlineData("v/{commit}", "A tag has at most 128 letters")]
    [InlineData("-x", "A tag has at most 128 letters")]
    public void An_alias_must_become_a_tag(string alias, string expected) =>
        Assert.Contains(
            expected,
            Message($$"""{ "project": "p", "images": {}, "aliases": ["{{alias}}"] }"""),
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
    [InlineData("NPM_TOKEN", "")]
    [InlineData("TOKEN_URL", "https://example.com/token")]
    [InlineData("TOKENIZER_VERSION", "2")]
    [InlineData("USE_SECRETS", "true")]
    [InlineData("KEYBOARD", "de")]
    public void What_is_only_about_credentials_is_none(string name, string value) =>
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
