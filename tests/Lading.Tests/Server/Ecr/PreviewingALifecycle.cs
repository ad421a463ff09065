using System.Text.Json;
using Lading.Oci;
using Lading.Server.Ecr.Images;
using Lading.Server.Ecr.Lifecycle;
using Lading.Testing;

namespace Lading.Tests.Server.Ecr;

public sealed class PreviewingALifecycle : EcrTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Ecr.CreateAsync();
    }

    [Fact]
    public async Task A_policy_is_stored_and_previewed_but_not_applied()
    {
        await Ecr.PushAsync("one", "dev-1");
        await Ecr.PushAsync("two", "prod-1");
        var name = new { repositoryName = EcrWire.Repository };
        Assert.Equal("LifecyclePolicyNotFoundException", await Ecr.RefusedAsync("GetLifecyclePolicy", name));
        Assert.Equal("LifecyclePolicyNotFoundException", await Ecr.RefusedAsync("StartLifecyclePolicyPreview", name));
        Assert.Equal(
            "LifecyclePolicyPreviewNotFoundException",
            await Ecr.RefusedAsync("GetLifecyclePolicyPreview", name)
        );
        var text = Policy(Rule(1, Tagged("dev-*"), 1));
        await Ecr.PushAsync("three", "dev-2");
        await Ecr.CallAsync("PutLifecyclePolicy", new { name.repositoryName, lifecyclePolicyText = text });
        await Ecr.CallAsync("StartLifecyclePolicyPreview", name);
        var preview = await Ecr.CallAsync("GetLifecyclePolicyPreview", name);
        Assert.Equal("COMPLETE", preview.GetProperty("status").GetString());
        Assert.Equal(1, preview.GetProperty("summary").GetProperty("expiringImageTotalCount").GetInt32());
        var result = Assert.Single(preview.GetProperty("previewResults").EnumerateArray());
        Assert.Equal("EXPIRE", result.GetProperty("action").GetProperty("type").GetString());
        Assert.Equal(1, result.GetProperty("appliedRulePriority").GetInt32());
        var left = await Ecr.CallAsync("ListImages", name);
        Assert.Equal(3, left.GetProperty("imageIds").GetArrayLength());
        Assert.Equal(
            text,
            (await Ecr.CallAsync("DeleteLifecyclePolicy", name)).GetProperty("lifecyclePolicyText").GetString()
        );
        Assert.Equal("LifecyclePolicyNotFoundException", await Ecr.RefusedAsync("DeleteLifecyclePolicy", name));
    }

    [Theory]
    [InlineData("""{"rules":[]}""")]
    [InlineData("no json")]
    [InlineData(
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"""
    )]
    [InlineData(
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"sinceImagePushed","countNumber":1},"action":{"type":"expire"}}]}"""
    )]
    [InlineData(
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"transition"}}]}"""
    )]
    [InlineData(
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}},{"rulePriority":2,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"""
    )]
    [InlineData(
        """{"rules":[{"rulePriority":"1","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"""
    )]
    public async Task A_policy_that_ECR_does_not_accept_is_refused(string text) =>
        Assert.Equal(
            "InvalidParameterException",
            await Ecr.RefusedAsync(
                "PutLifecyclePolicy",
                new { repositoryName = EcrWire.Repository, lifecyclePolicyText = text.PadRight(100) }
            )
        );

    [Fact]
    public void The_oldest_images_beyond_a_count_expire()
    {
        var policy = LifecycleText.Parse(Policy(Rule(1, Any, 2)));
        Assert.Equal(["c", "d"], Expired(policy, Image("a", 1), Image("b", 2), Image("c", 3), Image("d", 4)));
    }

    [Fact]
    public void An_image_that_a_rule_selects_is_left_to_that_rule()
    {
        // Rule 1 keeps ten of prod. Rule 2 keeps one of all images, and counts those of prod too.
        var policy = LifecycleText.Parse(Policy(Rule(1, Tagged("prod*"), 10), Rule(2, Any, 1)));
        Assert.Equal(["dev-1"], Expired(policy, Image("prod-1", 1), Image("dev-1", 2), Image("prod-2", 3)));
    }

    [Fact]
    public void All_patterns_must_match()
    {
        var policy = LifecycleText.Parse(Policy(Rule(1, Tagged("a*", "b*"), 1)));
        Assert.Equal(["a2"], Expired(policy, Image("a1 b1", 1), Image("a2 b2", 2), Image("a3", 3)));
    }

    [Fact]
    public void Images_of_an_index_and_archived_images_stay()
    {
        var policy = LifecycleText.Parse(Policy(Rule(1, Any, 1)));
        var archived = Image("c", 5) with { Storage = new StorageClass("ARCHIVED", Now, null) };
        Assert.Empty(Expired(policy, Image("a", 1), Image("b", 4) with { IsReferenced = true }, archived));
    }

    private static string Any => "\"tagStatus\":\"any\"";

    private static string Tagged(params string[] patterns) =>
        $"\"tagStatus\":\"tagged\",\"tagPatternList\":{JsonSerializer.Serialize(patterns)}";

    private static string Rule(int priority, string selection, int count) =>
        $"{{\"rulePriority\":{priority},\"selection\":{{{selection},\"countType\":\"imageCountMoreThan\",\"countNumber\":{count}}},\"action\":{{\"type\":\"expire\"}}}}";

    private static string Policy(params string[] rules) => $$"""{"rules":[{{string.Join(',', rules)}}]}""";

    private static LifecycleImage Image(string tags, int age) =>
        new(
            new HeldImage(
                Digest.OfBytes(Wire.Utf8(tags)),
                MediaTypes.OciManifest,
                [.. tags.Split(' ').Select(Tag.Parse)]
            ),
            Now.AddDays(-age),
            new StorageClass("ACTIVE", null, null)
        );

    private static IEnumerable<string> Expired(LifecyclePolicy policy, params LifecycleImage[] images) =>
        policy.Evaluate(images, Now).Select(result => result.Image.Tags[0].Name).Order(StringComparer.Ordinal);
}
