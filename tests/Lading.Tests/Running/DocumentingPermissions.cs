using System.Text.Json;
using Lading.Running.Verifying;
using Lading.Testing;

namespace Lading.Tests.Running;

/// <summary>The policy of docs/iam.md for people on call allows what status calls, and nothing that writes.</summary>
public sealed class DocumentingPermissions : IDisposable
{
    private readonly RunningWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task The_policy_allows_every_call_and_none_that_writes()
    {
        world.Aws.Stacks.Deploy(RunningWorld.Shop(world.Image("shop/web", 'a')));
        world.Aws.Ecs.Deploy(
            world.Aws.Ecs.Services.Single(),
            world.Aws.Ecs.Register("ShopWeb", new Dictionary<string, string> { ["web"] = world.Image("shop/web", 'b') })
        );
        await world.StatusAsync();
        await world.VerifyAsync(new Unheard());

        var allowed = Policy();

        Assert.All(
            world.Aws.Calls.Distinct().Where(call => !call.StartsWith("sts:", StringComparison.Ordinal)),
            call => Assert.Contains(call, allowed)
        );
        Assert.All(allowed, action => Assert.Matches(":(Describe|List|Get|BatchGet|Lookup)", action));
    }

    private sealed class Unheard : IVerificationProgress
    {
        public void Looked(VerificationReport report) { }

        public void Stopped(VerificationReport? report) { }
    }

    private static List<string> Policy()
    {
        var text = File.ReadAllText(SourceTree.PathOf("docs/iam.md"));
        var section = text[text.IndexOf("## `status`", StringComparison.Ordinal)..];
        var start = section.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        using var policy = JsonDocument.Parse(section[start..section.IndexOf("```", start, StringComparison.Ordinal)]);
        return
        [
            .. policy
                .RootElement.GetProperty("Statement")[0]
                .GetProperty("Action")
                .EnumerateArray()
                .Select(action => action.GetString()!),
        ];
    }
}
