using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>An account whose past the whole tool tells.</summary>
internal sealed class HistoryWorld : IAsyncDisposable
{
    private readonly RunningWorld world = new();
    private readonly TestFolder folder = new();
    private TestAwsServer? server;

    public TestAws Aws => world.Aws;

    public EcsService Service => Aws.Ecs.Services.Single();

    public static async Task<HistoryWorld> StartAsync()
    {
        var history = new HistoryWorld();
        history.server = await TestAwsServer.StartAsync(history.Aws, RunningWorld.Region);
        return history;
    }

    public string Image(char letter) => world.Image("shop/web", letter);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
        world.Dispose();
    }

    public Task<ToolRun> RunAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(
            folder.Path,
            server!.Variables,
            [.. arguments, "--account", RunningWorld.Account, "--region", RunningWorld.Region]
        );

    /// <summary>The releases, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReleasesAsync()
    {
        using var document = (await RunAsync("history", "Shop", "--output", "json")).Succeeded().Document();
        return [.. document.RootElement.Clone().GetProperty("releases").EnumerateArray()];
    }

    /// <summary>Outcome, image, and whether one can go back and why not.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync() =>
        [
            .. (await ReleasesAsync()).Select(release =>
            {
                var image = release
                    .GetProperty("images")
                    .EnumerateObject()
                    .Select(each => $"{each.Name} {each.Value.GetString()![7]}");
                return $"{release.GetProperty("outcome")} {string.Join(',', image)} {release.GetProperty("canGoBack")} {release.GetProperty("why")}"
                    .Replace("  ", " ", StringComparison.Ordinal)
                    .Trim();
            }),
        ];
}
