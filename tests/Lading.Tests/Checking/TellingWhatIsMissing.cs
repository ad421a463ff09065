using Lading.Checking;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Tests.Checking;

/// <summary>Where a missing image could come from.</summary>
public sealed class TellingWhatIsMissing
{
    [Fact]
    public void A_stack_without_an_environment_says_which_one_to_add() =>
        Assert.Equal(
            "not in 333333333333.dkr.ecr.us-east-1.amazonaws.com, and no environment of lading.json is account 333333333333 and region us-east-1: add one to \"environments\", then lading publish --env NAME",
            ReasonOf(new StackEnvironment("333333333333", "us-east-1"), "333333333333.dkr.ecr.us-east-1.amazonaws.com")
        );

    [Fact]
    public void A_stack_of_the_environment_says_how_to_publish() =>
        Assert.Equal("not in dev: lading publish web --env dev", ReasonOf(unmatched: null, host: null));

    private static string ReasonOf(StackEnvironment? unmatched, string? host) =>
        Assert
            .Single(
                new CheckRules(HeadImages.Of([])).Of(
                    new CheckedImage
                    {
                        Name = "web",
                        Image = "web",
                        Unmatched = unmatched,
                        Address = new ImageAddress(
                            new EnvironmentDefinition
                            {
                                Name = "dev",
                                Account = "111111111111",
                                Region = "eu-west-1",
                            },
                            RepositoryName.Parse("shop/web"),
                            Tag: null,
                            Digest.OfBytes([1]),
                            host
                        ),
                    },
                    new ImageEvidence()
                )
            )
            .Reason;
}
