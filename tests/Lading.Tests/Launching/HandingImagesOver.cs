using System.Text.Json.Nodes;
using Lading.Apps;
using Lading.Configuration;
using Lading.Launching;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Tests.Launching;

public sealed class HandingImagesOver
{
    private static readonly ImageLock Lock = new(
        "dev",
        new SortedDictionary<string, LockedImage>(StringComparer.Ordinal)
        {
            ["web"] = new(
                "storefront/web",
                Digest.Parse("sha256:" + new string('1', 64)),
                new string('2', 64),
                null,
                [Platform.LinuxAmd64]
            ),
        }
    );

    private static readonly AppDocument Document = new()
    {
        Project = "storefront",
        Environment = "dev",
        Aliases = [],
        Repositories = new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = "storefront/web" },
        Head = HeadIdentities.Unknown("git is not there."),
        Environments = new Dictionary<string, EnvironmentPins>(StringComparer.Ordinal)
        {
            ["dev"] = new(
                new EnvironmentDefinition { Name = "dev" },
                "/p/.lading/dev.lock.json",
                null,
                new Dictionary<string, ImagePins>(StringComparer.Ordinal)
                {
                    ["web"] = new(Lock.Images["web"], null, null),
                }
            ),
        },
    };

    [Fact]
    public void Images_are_in_the_context_with_their_addresses()
    {
        using var process = AppProcess.Prepare(
            Document,
            Lock,
            "111111111111.dkr.ecr.eu-west-1.amazonaws.com",
            new CdkContext("""{ "a": [1] }""", null),
            CdkContext.Most
        );

        Assert.Equal("dev", process.Variables["LADING_ENV"]);
        Assert.Equal("/p/.lading/dev.lock.json", process.Variables["LADING_LOCK"]);
        var context = JsonNode.Parse(process.Variables["CDK_CONTEXT_JSON"]!)!;
        Assert.Equal(["a", "lading:images", "lading:app"], context.AsObject().Select(pair => pair.Key));
        Assert.Equal(
            """{"web":{"uri":"111111111111.dkr.ecr.eu-west-1.amazonaws.com/storefront/web@sha256:1111111111111111111111111111111111111111111111111111111111111111","repository":"storefront/web","digest":"sha256:1111111111111111111111111111111111111111111111111111111111111111","fingerprint":"2222222222222222222222222222222222222222222222222222222222222222","revision":null,"platforms":["linux/amd64"]}}""",
            context["lading:images"]!.ToJsonString()
        );
        Assert.True(JsonNode.DeepEquals(AppDocumentWriter.Write(Document), context["lading:app"]));
        Assert.False(process.Variables.ContainsKey("CONTEXT_OVERFLOW_LOCATION_ENV"));
    }

    [Fact]
    public void Context_that_does_not_fit_is_added_to_the_overflow_file()
    {
        var context = new CdkContext(
            """{ "a": 1, "lading:images": "old" }""",
            """{ "b": 2, "lading:images": "older" }"""
        );
        string path;
        using (var process = AppProcess.Prepare(Document, Lock, null, context, maxSize: 200))
        {
            path = process.Variables["CONTEXT_OVERFLOW_LOCATION_ENV"]!;

            Assert.Equal("""{"a":1}""", process.Variables["CDK_CONTEXT_JSON"]);
            var json = JsonNode.Parse(File.ReadAllText(path))!;
            Assert.Equal(2, (int?)json["b"]);
            Assert.Equal(
                "storefront/web@sha256:" + new string('1', 64),
                (string?)json["lading:images"]!["web"]!["uri"]
            );
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void On_Windows_context_goes_to_a_file_if_it_leaves_no_room_for_other_variables()
    {
        var images = new JsonObject { ["web"] = new string('x', 20 * 1024) };

        Assert.NotNull(new CdkContext("{}", null).With("images", images, CdkContext.MostOn(isWindows: true)).File);
        Assert.Null(new CdkContext("{}", null).With("images", images, CdkContext.MostOn(isWindows: false)).File);
    }

    [Fact]
    public void No_key_is_in_both()
    {
        var context = new CdkContext("{}", """{ "lading:images": "older", "b": 2 }""").With(
            "lading:images",
            new JsonObject(),
            CdkContext.Most
        );

        Assert.Equal(new CdkContext("""{"lading:images":{}}""", """{"b":2}"""), context);
    }

    [Fact]
    public void An_invalid_context_is_refused() =>
        Assert.Equal(
            FailureKind.Usage,
            Assert.Throws<LadingException>(() => new CdkContext("[]", null).TextOf("lading:env")).Kind
        );

    [Theory]
    [InlineData("cdk deploy Storefront", CdkPurpose.Deploying)]
    [InlineData("node /p/node_modules/.bin/cdk --profile dev deploy", CdkPurpose.Deploying)]
    [InlineData("node /p/node_modules/aws-cdk/bin/cdk synth", CdkPurpose.Deploying)]
    [InlineData("node /p/node_modules/.bin/cdk ls", CdkPurpose.Reading)]
    [InlineData("cdk diff deploy", CdkPurpose.Reading)]
    [InlineData("cdk deploy diff", CdkPurpose.Reading)]
    [InlineData("cdk --version", CdkPurpose.Reading)]
    [InlineData("bash", CdkPurpose.Reading)]
    public void Finds_the_purpose_in_the_command_line_of_a_parent_process(string line, object purpose) =>
        Assert.Equal(
            (CdkPurpose)purpose,
            CdkCommandLine.PurposeOf(
                isStartedByCdk: true,
                [
                    ["/bin/sh", "-c", "lading run -- deploy"],
                    line.Split(' '),
                ]
            )
        );

    [Fact]
    public void Without_CDK_it_is_the_users_own_call() =>
        Assert.Equal(
            CdkPurpose.Own,
            CdkCommandLine.PurposeOf(
                isStartedByCdk: false,
                [
                    ["cdk", "ls"],
                ]
            )
        );
}
