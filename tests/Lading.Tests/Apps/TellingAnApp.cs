using System.Text.Json;
using Lading.Apps;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Records;
using Lading.Testing;
using Lading.Tests.Configuration;
using Lading.Tests.Locks;

namespace Lading.Tests.Apps;

public sealed class TellingAnApp : IDisposable
{
    private const string Commit = "4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0";

    private static readonly SchemaValidator Schema = SchemaValidator.Of("app");

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_matches_its_schema_and_reads_back()
    {
        WriteLock(
            "dev",
            ("web", ALock.Image('a', Commit)),
            ("worker", ALock.Index('b', (Platform.LinuxAmd64, 'c'), (Platform.LinuxArm64, 'd')))
        );
        WriteLock("test", ("web", ALock.Image('a') with { Manifests = null }));
        var document = Gather(Head(("web", 'a'), ("worker", 'e')), "dev");

        var json = JsonSerializer.SerializeToElement(AppDocumentWriter.Write(document));
        var back = AppDocumentReader.Read(json);

        Assert.True(Schema.IsValid(json), json.ToString());
        Assert.Equal(json.ToString(), JsonSerializer.SerializeToElement(AppDocumentWriter.Write(back)).ToString());
        Assert.Equal(2, back.Environments["dev"].Images["worker"].Locked.Manifests!.Count);
        Assert.Null(back.Environments["test"].Images["web"].Locked.Manifests);
    }

    [Fact]
    public void A_rollback_is_reported_for_the_requested_environment()
    {
        var locked = ALock.Image('a', Commit);
        WriteLock("test", ("web", locked));
        var records = new Dictionary<string, StackRecord>
        {
            ["Shop"] = new(
                "dev",
                new Dictionary<string, RecordedImage>
                {
                    ["web"] = new($"{locked.Repository}@sha256:{new string('b', 64)}", ["Task/web"])
                    {
                        RolledBackFrom = [$"{locked.Digest}"],
                    },
                }
            ),
        };
        var resolved = new ResolvedEnvironment("/elsewhere", ImageLock.Of("dev", [("web", locked)]))
        {
            Records = new DeployedRecords(records, null),
        };
        var document = Gather(Head(("web", 'a')), "dev", resolved);

        var json = JsonSerializer.SerializeToElement(AppDocumentWriter.Write(document));
        var back = AppDocumentReader.Read(json).Environments;

        Assert.True(Schema.IsValid(json), json.ToString());
        Assert.StartsWith("Stack Shop was rolled back", back["dev"].Images["web"].RolledBack["Shop"]);
        Assert.Empty(back["test"].Images["web"].RolledBack);
    }

    [Fact]
    public void Each_image_is_compared_with_HEAD()
    {
        WriteLock(
            "dev",
            ("web", ALock.Image('a', Commit)),
            ("worker", ALock.Image('b', Commit)),
            ("old", ALock.Image('c'))
        );

        var images = Gather(Head(("web", 'a'), ("worker", 'e')), "dev").Environments["dev"].Images;

        Assert.Equal(LockFreshness.Current, images["web"].Freshness);
        Assert.Null(images["web"].Reason);
        Assert.Equal(LockFreshness.Changed, images["worker"].Freshness);
        Assert.Equal(
            "Image worker does not match HEAD: the lock pins it as it was at 4e1c0d24e1c0, and its inputs have changed since. Run 'lading publish worker --env dev', or 'lading resolve --env dev' if it is published already.",
            images["worker"].Reason
        );
        Assert.Equal(LockFreshness.NotDefined, images["old"].Freshness);
    }

    [Fact]
    public void Without_a_known_HEAD_no_staleness_is_reported()
    {
        WriteLock("dev", ("web", ALock.Image('a')));

        var document = Gather(HeadIdentities.Unknown("git is not there."), "dev");

        Assert.Null(document.Environments["dev"].Images["web"].Freshness);
        Assert.Equal("git is not there.", document.Head.Failure);
    }

    [Fact]
    public void An_environment_without_a_lock_is_unresolved_and_says_what_to_run()
    {
        WriteLock("dev", ("web", ALock.Image('a')));
        File.WriteAllText(LockPath.For(folder.Path, "test"), "{");

        var document = Gather(Head(("web", 'a')), "dev");

        Assert.Null(document.Environments["dev"].Reason);
        Assert.Equal(
            $"there is no lock {LockPath.For(folder.Path, "prod")}. Run 'lading publish --env prod', or 'lading resolve --env prod' if the images are published already.",
            document.Environments["prod"].Reason
        );
        Assert.StartsWith(
            "its lock could not be used. Could not read the lock",
            document.Environments["test"].Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_registry_takes_precedence_over_the_lock()
    {
        WriteLock("dev", ("web", ALock.Image('a')));
        var resolved = new ResolvedEnvironment("/elsewhere", null, "repositories are missing.");

        var dev = Gather(Head(("web", 'a')), "dev", resolved).Environments["dev"];

        Assert.Equal("repositories are missing.", dev.Reason);
        Assert.Empty(dev.Images);
    }

    [Theory]
    [InlineData("""{"appVersion":2}""", "version 2, handed over by a newer Lading")]
    [InlineData("""{"appVersion":1}""", "not what Lading hands over")]
    [InlineData("[]", "not what Lading hands over")]
    [InlineData("7", "not what Lading hands over")]
    public void A_document_that_cannot_be_read_is_reported(string text, string expected)
    {
        var failure = Assert.Throws<LadingException>(() =>
            AppDocumentReader.Read(SchemaValidator.Parse(System.Text.Encoding.UTF8.GetBytes(text)))
        );

        Assert.Equal("Could not read the context lading:app", failure.Attempted);
        Assert.Contains(expected, failure.CameBack, StringComparison.Ordinal);
    }

    private AppDocument Gather(HeadIdentities head, string environment, ResolvedEnvironment? resolved = null) =>
        new AppGathering(
            new ProjectFolder(
                folder.Path,
                ConfigurationReader.Read(
                    """
                    {
                      "project": "storefront",
                      "images": { "web": { "context": "web" }, "worker": { "context": "worker" } },
                      "aliases": ["{commit}"],
                      "environments": {
                        "dev": { "account": "111111111111", "region": "ap-northeast-1", "stacks": ["Shop-dev-*"] },
                        "test": { "account": "111111111111", "region": "ap-northeast-1", "stacks": ["Shop-test"] },
                        "prod": { "account": "222222222222", "region": "ap-northeast-1", "promoteFrom": "dev" }
                      }
                    }
                    """u8.ToArray(),
                    "lading.json"
                )
            ),
            Path.Combine(folder.Path, ".lading"),
            head
        ).Gather(environment, resolved);

    private static HeadIdentities Head(params (string Name, char Digit)[] images) =>
        new(
            Commit,
            null,
            images.ToDictionary(
                image => image.Name,
                image => new HeadImage(Fingerprint.Parse(new string(image.Digit, 64)), 1, [Platform.LinuxAmd64]),
                StringComparer.Ordinal
            )
        );

    private void WriteLock(string environment, params (string Name, LockedImage Image)[] images) =>
        LockFile.Write(LockPath.For(folder.Path, environment), ImageLock.Of(environment, images));
}
