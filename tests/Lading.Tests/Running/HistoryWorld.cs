using System.Text.Json;
using Lading.Testing;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Ecs;

namespace Lading.Tests.Running;

/// <summary>An account whose past is read by the whole tool.</summary>
internal sealed class HistoryWorld : IAsyncDisposable
{
    private ToolWorld tool = null!;

    public TestAws Aws => tool.World.Aws;

    public EcsService Service => Aws.Ecs.Services.Single();

    public static async Task<HistoryWorld> StartAsync() => new() { tool = await ToolWorld.StartAsync() };

    public string Image(char letter) => tool.World.Image("shop/web", letter);

    public ValueTask DisposeAsync() => tool.DisposeAsync();

    public Task<ToolRun> RunAsync(params IReadOnlyList<string> arguments) => tool.RunAsync(arguments);

    /// <summary>The releases, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReleasesAsync()
    {
        using var document = (await RunAsync("history", "Shop", "--output", "json")).Succeeded().Document();
        return [.. document.RootElement.Clone().GetProperty("releases").EnumerateArray()];
    }

    /// <summary>Of each release: the outcome, the images, whether one can go back to it, and the reason.</summary>
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
