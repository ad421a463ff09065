using System.Text.Json;
using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>
/// The order in docs/cdk.md for repositories that CloudFormation owns: their stack, publish, the stack that runs the
/// images. In each language.
/// </summary>
public abstract class BeginningWithRepositories(DeployedAlone alone)
{
    private readonly DeployedApp app = alone.App;

    private protected abstract SampleApp Sample { get; }

    [Fact]
    public async Task The_stack_of_the_repositories_is_deployed_before_the_first_publish()
    {
        app.Repository.Write(
            "lading.json",
            app.Repository.Read("lading.json")
                .Replace(
                    "\"profile\": \"storefront-dev\"",
                    "\"profile\": \"storefront-dev\", \"repositories\": \"cdk\"",
                    StringComparison.Ordinal
                )
        );
        // This command usually passes images to the app; here the app must start without them, or nothing could ever
        // create the repositories.
        app.WriteApp($"lading run -- {Sample.Command}");
        await app.Repository.CommitAsync("CloudFormation owns the repositories");

        var early = (await app.LadingAsync("publish", "--env", "dev")).Failed(FailureKind.Usage);
        var tooEarly = await CdkAsync("deploy", "Storefront", "--require-approval", "never", "--method", "direct");
        (await CdkAsync("deploy", "Repositories", "--require-approval", "never", "--method", "direct")).Succeeded();
        await CreateAsCloudFormationWouldAsync();
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
        var last = (
            await CdkAsync("deploy", "Storefront", "--require-approval", "never", "--method", "direct")
        ).Succeeded();

        Assert.Equal(1, tooEarly.ExitCode);
        Assert.Contains(
            "the app gets no images: repositories are missing (storefront/carts, storefront/site)",
            tooEarly.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("then run 'lading publish --env dev'", tooEarly.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("gets no images", last.Error, StringComparison.Ordinal);
        Assert.Contains(
            "repositories are missing (storefront/carts, storefront/site)",
            early.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Deploy the stack that has their ImageRepository constructs first.",
            early.Error,
            StringComparison.Ordinal
        );
    }

    private Task<ToolRun> CdkAsync(params IReadOnlyList<string> arguments) =>
        app.CdkAsync("dev", [.. arguments, "-c", "repositories=cdk", "-c", "lading:env=dev"]);

    /// <summary>
    /// moto's CloudFormation has a registry of its own, which takes no images. This creates the template's repositories
    /// in the registry that does.
    /// </summary>
    private async Task CreateAsCloudFormationWouldAsync()
    {
        var path = Path.Combine(app.Repository.Folder, "cdk.out", "Repositories.template.json");
        using var template = JsonDocument.Parse(
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        );
        var repositories = template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Where(each => each.Value.GetProperty("Type").GetString() == "AWS::ECR::Repository")
            .Select(each => each.Value.GetProperty("Properties"))
            .ToList();
        Assert.Equal(2, repositories.Count);
        foreach (var repository in repositories)
        {
            Assert.Equal("IMMUTABLE_WITH_EXCLUSION", repository.GetProperty("ImageTagMutability").GetString());
            await app.Cloud[DeployedApp.Dev]
                .Store.CreateAsync(
                    RepositoryName.Parse(repository.GetProperty("RepositoryName").GetString()!),
                    new RepositoryRecord { Settings = AliasTags.SettingsFor([]), CreatedAt = DateTimeOffset.UnixEpoch },
                    TestContext.Current.CancellationToken
                );
        }
    }
}
