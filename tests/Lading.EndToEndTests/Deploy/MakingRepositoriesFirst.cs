using System.Text.Json;
using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>The order of docs/cdk.md where CloudFormation owns the repositories: their stack, images, everything else.</summary>
[Collection(DeployedApps.Name)]
public sealed class MakingRepositoriesFirst(DeployedApp app) : IAsyncLifetime
{
    private static string App =>
        $"dotnet {SourceTree.PathOf("tests/Lading.AssetApp/bin/Debug/net10.0/Lading.AssetApp.dll")}";

    public async ValueTask InitializeAsync()
    {
        app.Repository.Write(
            "lading.json",
            app.Repository.Read("lading.json")
                .Replace("\"project\": \"storefront\"", "\"project\": \"owned\"", StringComparison.Ordinal)
                .Replace(
                    "\"profile\": \"storefront-dev\"",
                    "\"profile\": \"storefront-dev\", \"repositories\": \"cdk\"",
                    StringComparison.Ordinal
                )
        );
        app.WriteApp($"lading run -- {App}");
        await app.Repository.CommitAsync("Let the app make its repositories");
    }

    public async ValueTask DisposeAsync()
    {
        await app.Repository.GitAsync("revert", "--no-edit", "HEAD");
        app.WriteApp(DeployedApp.App);
    }

    [Fact]
    public async Task Their_stack_is_deployed_then_images_are_published_then_the_stack_that_runs_them()
    {
        // Nothing is there yet: what runs images cannot be deployed, and says why.
        var early = await CdkAsync("deploy", "Images", DeployedApp.Unasked);
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("repositories are missing (owned/carts, owned/site)", early.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'lading publish site --env dev'", early.Error, StringComparison.Ordinal);

        var first = (await CdkAsync("deploy", "Repositories", DeployedApp.Unasked)).Succeeded();
        Assert.Contains("Repositories", first.Error, StringComparison.Ordinal);
        await MakeWhatTheTemplateSaysAsync();

        var before = app.Cloud.Calls.Count;
        var published = (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        Assert.Contains("2 images · 2 new", published.Error + published.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Cloud.Calls.Skip(before), call => call.Operation == "CreateRepository");

        var last = (await CdkAsync("deploy", "Images", DeployedApp.Unasked)).Succeeded();
        Assert.DoesNotContain("are missing", last.Error, StringComparison.Ordinal);
        Assert.Contains("owned/site@sha256:", Template("Images"), StringComparison.Ordinal);
    }

    private Task<ToolRun> CdkAsync(string verb, string stack, string[] options) =>
        app.CdkAsync("dev", [verb, stack, "-c", "repositories=cdk", .. options]);

    /// <summary>The cloud's CloudFormation is moto's, its ECR is the embedded registry: what the one was told is done to the other.</summary>
    private async Task MakeWhatTheTemplateSaysAsync()
    {
        using var template = JsonDocument.Parse(Template("Repositories"));
        foreach (var resource in template.RootElement.GetProperty("Resources").EnumerateObject())
        {
            if (resource.Value.GetProperty("Type").GetString() != "AWS::ECR::Repository")
            {
                continue;
            }

            var properties = resource.Value.GetProperty("Properties");
            Assert.Equal("Retain", resource.Value.GetProperty("DeletionPolicy").GetString());
            Assert.Equal("IMMUTABLE_WITH_EXCLUSION", properties.GetProperty("ImageTagMutability").GetString());
            await app.Cloud[DeployedApp.Dev]
                .Store.CreateAsync(
                    RepositoryName.Parse(properties.GetProperty("RepositoryName").GetString()!),
                    new RepositoryRecord
                    {
                        Settings = RepositorySettings.ImmutableExcept([
                            .. properties
                                .GetProperty("ImageTagMutabilityExclusionFilters")
                                .EnumerateArray()
                                .Select(filter =>
                                    filter.GetProperty("ImageTagMutabilityExclusionFilterValue").GetString()!
                                ),
                        ]),
                        CreatedAt = TimeProvider.System.GetUtcNow(),
                    },
                    TestContext.Current.CancellationToken
                );
        }
    }

    private string Template(string stack) =>
        File.ReadAllText(Path.Combine(app.Repository.Folder, "cdk.out", $"{stack}.template.json"));
}
