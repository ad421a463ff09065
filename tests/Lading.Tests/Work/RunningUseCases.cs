using Lading.Configuration;
using Lading.Projects;
using Lading.Testing;

namespace Lading.Tests.Work;

/// <summary>Use cases of verbs, without a command line or a console.</summary>
public sealed class RunningUseCases : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_image_is_kept_by_name_once()
    {
        Configure();
        var request = new KeepRequest($"web@sha256:{new string('a', 64)}", "9999-12-31", "the demo", End: false);

        var first = await request.RunAsync(folder.Path, TimeProvider.System, Cancelled);
        var second = await request.RunAsync(folder.Path, TimeProvider.System, Cancelled);

        Assert.Equal(("web", "shop/web", true), (first.Name, first.Repository.Value, first.IsChange));
        Assert.False(second.IsChange);
        Assert.Contains(
            "the demo",
            await File.ReadAllTextAsync(folder.Combine("lading.json"), Cancelled),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("dev", "prod", null)]
    [InlineData("prod", "dev", "it is the other way round: prod takes its images from dev")]
    [InlineData("dev", "dev", "both are the same environment")]
    [InlineData("local", "prod", "prod takes its images from dev")]
    public async Task Images_are_promoted_only_along_the_configured_route(string from, string to, string? refusal)
    {
        Configure();
        var project = await Project.FindAsync(folder.Path, environment: null, Cancelled);

        if (refusal is null)
        {
            Assert.Equal(to, PromotionRoute.Between(project, from, to).Environment.Name);
            return;
        }

        var failure = Assert.Throws<LadingException>(() => PromotionRoute.Between(project, from, to));
        Assert.Equal((FailureKind.Usage, refusal), (failure.Kind, failure.CameBack));
    }

    [Fact]
    public async Task The_served_store_is_the_named_one_or_that_of_the_environment_or_of_the_folder()
    {
        Assert.Equal(folder.Combine(Path.Combine(".lading", "registry")), await StoreAsync(null, null));

        Configure();
        Assert.Equal(folder.Combine(Path.Combine(".lading", "registry")), await StoreAsync(null, null));
        Assert.Equal(folder.Combine("images"), await StoreAsync("images", "prod"));
        await Assert.ThrowsAsync<LadingException>(() => StoreAsync("lading.json", null));
        await Assert.ThrowsAsync<LadingException>(() => StoreAsync(null, "prod"));
    }

    private Task<string> StoreAsync(string? named, string? environment) =>
        ServedStore.FindAsync(folder.Path, named, environment, Cancelled);

    private void Configure() =>
        File.WriteAllText(
            folder.Combine("lading.json"),
            """
            { "project": "shop", "images": { "web": { "context": "." } }, "environments": {
                "dev": { "account": "111111111111", "region": "eu-west-1" },
                "prod": { "account": "222222222222", "region": "eu-west-1", "promoteFrom": "dev" } } }
            """
        );
}
