using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

public sealed class DeployingTheSample(DeployedApp app) : IClassFixture<DeployedApp>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_deployment_to_a_reverted_commit()
    {
        var first = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 new", first.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Storefront · 2 images hold · to dev (111111111111, ap-northeast-1)",
            first.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("deployed Storefront to dev", first.Out, StringComparison.Ordinal);

        var again = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 images · 2 reused · nothing sent", again.Error, StringComparison.Ordinal);
        Assert.Contains("(no changes)", again.Error, StringComparison.Ordinal);
    }
}
