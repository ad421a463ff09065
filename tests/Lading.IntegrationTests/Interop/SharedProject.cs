using Lading.IntegrationTests.Publishing;
using Lading.Testing;

namespace Lading.IntegrationTests.Interop;

/// <summary>
/// A project whose environment <c>shared</c> is a registry on loopback, with the images that a test needs.
/// </summary>
internal sealed class SharedProject : IDisposable
{
    private SharedProject(TestRepository repository) => Repository = repository;

    public TestRepository Repository { get; }

    /// <param name="host">The registry of <c>shared</c>.</param>
    /// <param name="images">The entries of <c>images</c>.</param>
    /// <param name="environments">Further environments, each with a comma in front.</param>
    public static async Task<SharedProject> CreateAsync(string host, string images, string environments = "")
    {
        var repository = await TestRepository.CreateAsync();
        repository
            .Write(".gitignore", ".lading/\n")
            .Write("say.sh", "#!/bin/sh\necho \"$GREETING from $(cat /etc/place)\"\n")
            .Write("place", "lading\n")
            .Write(
                "lading.json",
                $$"""
                {
                  "project": "shop",
                  "images": { {{images}} },
                  "environments": { "shared": { "registry": "{{host}}" }{{environments}} }
                }
                """
            );
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("update-index", "--chmod=+x", "say.sh");
        await repository.GitAsync("commit", "--quiet", "--message", "A project");
        await repository.GitAsync("checkout", "--quiet", "--force", "HEAD");
        return new SharedProject(repository);
    }

    /// <summary>Runs the tool.</summary>
    public Task<ToolRun> LadingAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(Repository.Folder, arguments);

    /// <summary>Publishes to an environment, and returns what the tool says about each image.</summary>
    public async Task<IReadOnlyDictionary<string, PublishedImageJson>> PublishAsync(string environment) =>
        PublishedImageJson.Parse(
            (await LadingAsync("publish", "--env", environment, "--output", "json")).Succeeded().Out
        );

    public void Dispose() => Repository.Dispose();
}
