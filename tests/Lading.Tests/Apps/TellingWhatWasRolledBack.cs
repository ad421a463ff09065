using System.Text.Json;
using Lading.Apps;
using Lading.Locks;
using Lading.Oci;
using Lading.Records;
using Lading.Tests.Locks;

namespace Lading.Tests.Apps;

public sealed class TellingWhatWasRolledBack
{
    private const string Repository = "storefront/web";
    private const string Commit = "4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0";

    [Fact]
    public void An_image_that_was_rolled_back_is_reported_with_what_to_do()
    {
        var left = Left("Shop", "web", 'b', 'a');

        var told = left.Of("web", Image('a', Commit));

        Assert.Equal(
            "Stack Shop was rolled back from image web (sha256:aaaaaaaaaaaa…), which this would deploy again: git revert 4e1c0d2, or lading pin web@REVISION --reason \"…\" holds it back; lading deploy --redeploy deploys it all the same.",
            Assert.Single(told).Value
        );
        Assert.StartsWith(
            "Shop was rolled back from it: git revert 4e1c0d2",
            left.WhyNot("Shop", "web", Image('a', Commit)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Ignores_other_digests_repositories_and_stacks()
    {
        var left = Left("Shop", "web", 'b', 'a');

        Assert.Empty(left.Of("web", Image('c')));
        Assert.Empty(left.Of("web", Image('a') with { Repository = "storefront/other" }));
        Assert.Null(left.WhyNot("Other", "web", Image('a')));
        Assert.NotNull(left.WhyNot(null, "web", Image('a')));
    }

    [Fact]
    public void A_manifest_of_an_index_counts_as_the_index()
    {
        var left = Left("Shop", "web", 'b', 'c');

        Assert.Single(
            left.Of(
                "web",
                ALock.Index('a', (Platform.LinuxAmd64, 'c'), (Platform.LinuxArm64, 'd')) with
                {
                    Repository = Repository,
                }
            )
        );
        Assert.Empty(left.Of("web", Image('a') with { Manifests = null }));
    }

    [Fact]
    public void The_name_of_a_second_pin_does_not_matter()
    {
        Assert.Single(Left("Shop", "web/2", 'b', 'a').Of("web", Image('a')));
    }

    [Fact]
    public void Unreadable_records_are_not_mistaken_for_none()
    {
        var left = new RolledBackImages(DeployedRecords.None with { Unread = "no access to ssm" });

        Assert.Equal("no access to ssm", left.Unread);
        Assert.Null(left.WhyNot(null, "web", Image('a')));
    }

    private static LockedImage Image(char digit, string? revision = null) =>
        ALock.Image(digit, revision) with
        {
            Repository = Repository,
        };

    private static RolledBackImages Left(string stack, string name, char runs, char left)
    {
        return new RolledBackImages(
            new DeployedRecords(
                new Dictionary<string, StackRecord>
                {
                    [stack] = new(
                        "dev",
                        new Dictionary<string, RecordedImage>
                        {
                            [name] = new($"{Repository}@sha256:{new string(runs, 64)}", ["Task/web"])
                            {
                                RolledBackFrom = [$"sha256:{new string(left, 64)}"],
                            },
                        }
                    ),
                },
                null
            )
        );
    }
}
