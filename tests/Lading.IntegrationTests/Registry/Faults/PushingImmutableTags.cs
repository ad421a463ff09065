using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.IntegrationTests.Registry.Faults;

/// <summary>Tags that must not move, in a registry that enforces it and in one that does not.</summary>
public sealed class PushingImmutableTags(RealRegistries registries) : IClassFixture<RealRegistries>
{
    private static readonly Tag Held = Tag.Parse("src-0123456789012345678901234567890123456789");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealRegistries.Kinds), MemberType = typeof(RealRegistries))]
    public async Task The_same_image_again_succeeds_without_a_PUT(string kind)
    {
        await using var bench = await registries.BenchAsync(kind);
        var request = new CopyRequest(bench.Image.Layout, bench.Image.Manifest, bench.Remote) { Tag = Held };
        await ImageCopy.RunAsync(request, null, Cancelled);
        bench.Client.Requests.Clear();

        var again = await ImageCopy.RunAsync(request with { Rule = TagRule.Keep }, null, Cancelled);

        Assert.True(again.IsThere);
        Assert.Equal("1 HEAD manifests", bench.Client.Requests.Summary);
    }

    [Theory]
    [InlineData("docker-registry", nameof(TagRule.Keep))]
    [InlineData("embedded", nameof(TagRule.Keep))]
    [InlineData("embedded", nameof(TagRule.Move))]
    public async Task Another_image_is_refused_and_both_are_named(string kind, string rule)
    {
        await using var bench = await registries.BenchAsync(kind);
        using var other = await GeneratedImage.CreateAsync(1, 1000, Cancelled, seed: 7);
        await ImageCopy.RunAsync(
            new CopyRequest(bench.Image.Layout, bench.Image.Manifest, bench.Remote) { Tag = Held },
            null,
            Cancelled
        );

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            ImageCopy.RunAsync(
                new CopyRequest(other.Layout, other.Manifest, bench.Remote)
                {
                    Tag = Held,
                    Rule = Enum.Parse<TagRule>(rule),
                },
                null,
                Cancelled
            )
        );

        Assert.Contains(other.Digest.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains(bench.Image.Digest.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(bench.Image.Digest, (await bench.Truth.FindManifestAsync(Held, Cancelled))?.Digest);
    }

    [Fact]
    public async Task A_tag_that_somebody_moves_at_the_same_moment_is_noticed()
    {
        await using var bench = await registries.BenchAsync("docker-registry");
        using var other = await GeneratedImage.CreateAsync(1, 1000, Cancelled, seed: 7);
        await ImageCopy.RunAsync(other.Layout, other.Digest, bench.Truth, null, Cancelled);
        bench.Server.On(
            "PUT",
            "/manifests/",
            async e =>
            {
                using var answer = await e.AskAsync();
                await bench.Truth.PutManifestAsync(other.Manifest, FaultBench.Tag, Cancelled);
                await e.RelayAsync(answer);
            }
        );

        var failure = await Assert.ThrowsAsync<LadingException>(bench.PushAsync);

        Assert.Contains(other.Digest.ToString(), failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_many_publishers_wins_if_the_registry_keeps_tags_immutable()
    {
        await using var bench = await registries.BenchAsync("embedded");
        var images = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(seed => GeneratedImage.CreateAsync(1, 100_000, Cancelled, seed + 100))
        );

        var results = await Task.WhenAll(
            images.Select(image =>
                ImageCopy.RunAsync(
                    new CopyRequest(image.Layout, image.Manifest, bench.Remote) { Tag = Held, Rule = TagRule.Adopt },
                    null,
                    Cancelled
                )
            )
        );

        var winner = Assert.Single(results.Select(result => result.Standing).Distinct());
        Assert.Equal(winner, (await bench.Truth.FindManifestAsync(Held, Cancelled))?.Digest);
        Array.ForEach(images, image => image.Dispose());
    }
}
