using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Cdk;

[Collection(Storefront.Packages)]
public sealed partial class SynthesizingTheSample(SampleVariants variants) : IClassFixture<SampleVariants>
{
    private readonly Storefront storefront = variants.Storefront;

    public static TheoryData<string> Variants { get; } = [.. SampleVariant.All.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_syntheses_give_the_same_bytes_and_name_the_digests_of_the_lock()
    {
        Prepare("local");

        var one = await storefront.SynthesizeAsync(Cancelled, "-c", "lading:stale=ignore");
        var two = await variants.InCSharpAsync("local, and repositories");

        Assert.True(one.ExitCode == 0, one.Said);
        Assert.Equal(one.Template, two.Template);
        Assert.Equal(["carts", "site", "web", "worker"], one.Images().Keys.Order());
        Assert.All(one.Images(), image => Assert.Equal(InOwnAccount(image.Key), Compact(image.Value)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task The_TypeScript_app_gives_the_same_fragments_and_record_byte_for_byte(string variant)
    {
        var csharp = await variants.InCSharpAsync(variant);
        var typescript = await variants.InTypeScriptAsync(variant);

        Assert.Equal(csharp.Fragments(), typescript.Fragments());
        Assert.Equal(
            variant is not "no record",
            typescript.Fragments().Keys.Any(id => id.StartsWith("LadingRecord", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_TypeScript_app_makes_the_same_repositories()
    {
        var csharp = await variants.InCSharpAsync("local, and repositories");
        var typescript = await variants.InTypeScriptAsync("local, and repositories");

        // Newer versions of CDK render tag filters themselves, elsewhere among the properties.
        Assert.Equal(Characters(csharp.Repositories()), Characters(typescript.Repositories()));

        static IEnumerable<string> Characters(IReadOnlyDictionary<string, string> repositories) =>
            repositories
                .OrderBy(each => each.Key, StringComparer.Ordinal)
                .Select(each => $"{each.Key} {string.Concat(each.Value.Where(c => !char.IsWhiteSpace(c)).Order())}");
    }

    [Fact]
    public async Task The_Python_app_gives_the_same_fragments_and_record_and_reports_the_same_errors()
    {
        Prepare("local");

        var python = await storefront.SynthesizePythonAsync(Cancelled);
        storefront.DeleteLocks();
        var missing = await storefront.SynthesizePythonAsync(Cancelled, "-c", "lading:env=dev");

        Assert.True(python.ExitCode == 0, python.Said);
        Assert.Equal((await variants.InCSharpAsync("local, and repositories")).Fragments(), python.Fragments());
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("Run 'lading publish --env dev'", missing.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_of_assembled_images_needs_only_those()
    {
        var synthesis = await variants.InCSharpAsync("assembled images alone, and the lock has no others");

        Assert.DoesNotContain("Could not", synthesis.Said, StringComparison.Ordinal);
        Assert.Equal(["carts", "site"], synthesis.Images().Keys.Order());
    }

    [Fact]
    public async Task A_named_environment_decides_the_registry()
    {
        var synthesis = await variants.InCSharpAsync("dev");

        Assert.Contains("111111111111.dkr.ecr.ap-northeast-1.", synthesis.Images()["web"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixed_digests_need_no_lock()
    {
        var synthesis = await variants.InCSharpAsync("fixed digests, without a lock");

        Assert.DoesNotContain("Could not", synthesis.Said, StringComparison.Ordinal);
        Assert.All(
            synthesis.Images().Values,
            image => Assert.Contains("@sha256:" + new string('0', 64), image, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_missing_lock_fails_the_synthesis_with_the_command_that_writes_it()
    {
        storefront.Require();
        storefront.DeleteLocks();

        var synthesis = await storefront.SynthesizeAsync(Cancelled, "-c", "lading:env=dev");
        var typescript = await storefront.SynthesizeTypeScriptAsync(Cancelled, "-c", "lading:env=dev");

        Assert.Equal(1, synthesis.ExitCode);
        Assert.Contains("Run 'lading publish --env dev'", synthesis.Said, StringComparison.Ordinal);
        Assert.Equal(1, typescript.ExitCode);
        Assert.Contains("Run 'lading publish --env dev'", typescript.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_image_that_the_lock_lacks_is_reported_at_once()
    {
        foreach (
            var synthesis in new[]
            {
                await variants.InCSharpAsync("two images that the lock lacks"),
                await variants.InTypeScriptAsync("two images that the lock lacks"),
            }
        )
        {
            Assert.Contains("Run 'lading publish web --env dev'", synthesis.Said, StringComparison.Ordinal);
            Assert.Contains("Run 'lading publish worker --env dev'", synthesis.Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_template_names_the_published_image_until_an_input_changes()
    {
        storefront.Require();
        storefront.DeleteLocks();
        (await ToolRun.InAsync(storefront.Root, "publish", "site", "carts")).Succeeded();

        var published = await SynthesizeAssembledAsync();
        var check = await ToolRun.InAsync(storefront.Root, "check", "--app", published.Assembly);
        storefront.Repository.Write("README.md", "Something that is in no image.");
        await storefront.Repository.CommitAsync("Say more");
        var unrelated = await SynthesizeAssembledAsync();
        storefront.Repository.Write("src/site/pages/news.txt", "News\n\nThere is a new tea.");
        await storefront.Repository.CommitAsync("Add news");
        var stale = await SynthesizeAssembledAsync();
        var staleCheck = await ToolRun.InAsync(storefront.Root, "check", "--app", stale.Assembly);

        var digest = LockFile.Read(LockPath.For(storefront.Root, "local")).Images["site"].Digest;
        Assert.Contains($"storefront/site@{digest}", published.Images()["site"], StringComparison.Ordinal);
        Assert.DoesNotContain("does not match HEAD", published.Said, StringComparison.Ordinal);
        Assert.Equal(published.Template, unrelated.Template);
        Assert.DoesNotContain("does not match HEAD", unrelated.Said, StringComparison.Ordinal);
        Assert.Equal(published.Template, stale.Template);
        Assert.Contains("Image site does not match HEAD", stale.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Image carts does not match HEAD", stale.Said, StringComparison.Ordinal);
        Assert.Contains("2 images ok", check.Succeeded().Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 failed", staleCheck.Failed(FailureKind.CheckFailed).Out, StringComparison.Ordinal);

        Task<Synthesis> SynthesizeAssembledAsync() =>
            variants.SynthesizeAgainAsync(KeyValuePair.Create("images", (JsonNode?)"assembled"));
    }

    private void Prepare(string environment)
    {
        storefront.Require();
        storefront.DeleteLocks();
        storefront.WriteLock(environment);
    }

    private static string InOwnAccount(string name) =>
        $$"""{"Fn::Join":["",[{"Ref":"AWS::AccountId"},".dkr.ecr.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"},"/storefront/{{name}}@{{Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(name))}}"]]}""";

    private static string Compact(string json) => WhiteSpace().Replace(json, "");

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex WhiteSpace();
}
