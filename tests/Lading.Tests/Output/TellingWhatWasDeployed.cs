using System.Text.Json;
using Lading.Checking;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Deploying;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Shipping;
using Lading.Tests.Configuration;

namespace Lading.Tests.Output;

/// <summary>The output of a deployment for programs and for people: a document with a schema, and Markdown.</summary>
public sealed class TellingWhatWasDeployed
{
    private const string Commit = "4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0";

    private static readonly EnvironmentDefinition Prod = new()
    {
        Name = "prod",
        Account = "222222222222",
        Region = "ap-northeast-1",
        PromoteFrom = "dev",
    };

    private static readonly Digest Bytes = Digest.OfBytes([1]);

    private static readonly SchemaValidator Schema = SchemaValidator.Of("deploy");

    [Theory]
    [InlineData(DeployState.Deployed)]
    [InlineData(DeployState.Prepared)]
    [InlineData(DeployState.DryRun)]
    [InlineData(DeployState.Refused)]
    public void The_document_matches_its_schema(object state)
    {
        var result = Outcome((DeployState)state, CheckVerdict.Ok);

        using var json = JsonDocument.Parse(DeployDocument.Of(result));

        Assert.True(Schema.IsValid(json.RootElement), json.RootElement.ToString());
        Assert.Equal("dev", json.RootElement.GetProperty("promotedFrom").GetString());
        Assert.Equal("copy", json.RootElement.GetProperty("images")[0].GetProperty("action").GetString());
        Assert.Equal("web", json.RootElement.GetProperty("services")[0].GetProperty("container").GetString());
    }

    [Fact]
    public void The_summary_has_the_images_and_the_services_of_a_deployment() =>
        Assert.Equal(
            $"""
            ### Deployed Storefront to prod

            | image | digest | tag |  | first published by |
            | --- | --- | --- | --- | --- |
            | web | `storefront/web@{Bytes}` | `{Image.Fingerprint.SourceTag.Name}` | copied | `4e1c0d2` |

            | stack | container | image | check |  |
            | --- | --- | --- | --- | --- |
            | Storefront | web | `storefront/web@{Bytes}` | ok | linux/amd64 |


            """.ReplaceLineEndings("\n"),
            DeploySummary.Of(Outcome(DeployState.Deployed, CheckVerdict.Ok))
        );

    [Fact]
    public void The_summary_of_a_refused_deployment_says_what_does_not_hold()
    {
        var summary = DeploySummary.Of(Outcome(DeployState.Refused, CheckVerdict.Missing));

        Assert.StartsWith("### Not deployed to prod: 1 of 1 images does not hold\n", summary, StringComparison.Ordinal);
        Assert.Contains("| missing | linux/amd64; lading promote dev prod |", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_of_a_dry_run_says_what_would_be_published()
    {
        var result = Outcome(DeployState.DryRun, CheckVerdict.Ok);
        var missing = new PlannedImage(Image, ShippingAction.Build);

        var summary = DeploySummary.Of(result with { Images = new DeployedImages([], [missing]) });

        Assert.StartsWith(
            "### Deploying Storefront to prod would publish 1 image\n",
            summary,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"| web | `{Image.Fingerprint.SourceTag.Name}` | would be built |",
            summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_summary_of_a_failed_deployment_says_why()
    {
        var failed = Outcome(DeployState.Failed, CheckVerdict.Ok) with { Failure = "'cdk deploy' ended\nwith 1" };

        var summary = DeploySummary.Of(failed);

        Assert.StartsWith(
            "### Could not deploy Storefront to prod\n\n'cdk deploy' ended with 1\n\n",
            summary,
            StringComparison.Ordinal
        );
    }

    private static ImageIdentity Image { get; } =
        new()
        {
            Root = "HEAD",
            Definition = new MirroredImage
            {
                Name = "web",
                Repository = RepositoryName.Parse("storefront/web"),
                From = "docker.io/library/busybox:1.36",
            },
            Inputs = new MirroredInputs
            {
                Platforms = [],
                Epoch = 0,
                From = new BaseReference("docker.io/library/busybox:1.36", null),
            },
            Fingerprint = Fingerprint.Parse(new string('a', 64)),
            Commit = null,
        };

    private static DeployOutcome Outcome(DeployState state, CheckVerdict verdict)
    {
        var locked = new LockedImage(
            "storefront/web",
            Bytes,
            Image.Fingerprint.ToString(),
            Commit,
            [Platform.LinuxAmd64]
        );
        var published = new PublishedImage(new PlannedImage(Image, ShippingAction.Copy, Bytes), locked, 12, 34);
        var container = new CheckedImage
        {
            Stack = "Storefront",
            Name = "web",
            Image = "web",
            Reference = $"222222222222.dkr.ecr.ap-northeast-1.amazonaws.com/storefront/web@{Bytes}",
            Address = new ImageAddress(Prod, RepositoryName.Parse("storefront/web"), null, Bytes, Host: null),
            Locked = locked,
        };
        var check = new CheckResult(
            container,
            new ImageEvidence { Platforms = [Platform.LinuxAmd64] },
            [new Finding(verdict, verdict == CheckVerdict.Ok ? "" : "lading promote dev prod")]
        );
        var report = new CheckReport("prod", true, true, [check], [], new Dictionary<string, string>());
        return new DeployOutcome(Prod, state, ["Storefront"], new DeployedImages([published], []), report);
    }
}
