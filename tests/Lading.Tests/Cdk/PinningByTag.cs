using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Cdk.Synthesis;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Records;
using Lading.Testing;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class PinningByTag : IAsyncLifetime
{
    private const string Configuration = """
        {
          "project": "storefront",
          "images": {
            "carts": { "assemble": { "sources": ["carts/"], "base": "scratch", "copy": { "carts/": "/app/" } } },
            "site": { "assemble": { "sources": ["site/"], "base": "scratch", "copy": { "site/": "/srv/" } } }
          },
          "aliases": ["{branch}", "v-{branch}-{commit}", "v-{commit}"],
          "environments": { "dev": { "account": "111111111111", "region": "ap-northeast-1" } }
        }
        """;

    private TestRepository repository = null!;
    private CdkProject project = null!;
    private string commit = "";

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        project = new CdkProject(Configuration, repository.Folder);
        repository.Write(".gitignore", ".lading/\ncdk.out/\n");
        repository.Write("site/index.html", "one");
        repository.Write("carts/carts.js", "one");
        commit = await repository.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        project.Dispose();
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Pins_the_source_tag_of_HEAD_without_a_lock()
    {
        repository.Write("site/index.html", "not committed");

        var stack = Stack(ImagePin.SourceTag, "site", "carts");

        var head = Head();
        Assert.Equal(
            [
                Image("site", head.Images["site"].Fingerprint.SourceTag.Name),
                Image("carts", head.Images["carts"].Fingerprint.SourceTag.Name),
            ],
            CdkProject.Images(stack)
        );
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public async Task A_commit_that_touches_no_input_leaves_the_source_tag_as_it_is()
    {
        var before = CdkProject.Images(Stack(ImagePin.SourceTag, "site"));
        repository.Write("README.md", "A storefront.");
        await repository.CommitAsync("two");
        var same = CdkProject.Images(Stack(ImagePin.SourceTag, "site"));
        repository.Write("site/index.html", "two");
        await repository.CommitAsync("three");
        var other = CdkProject.Images(Stack(ImagePin.SourceTag, "site"));

        Assert.Equal(before, same);
        Assert.NotEqual(before, other);
    }

    [Fact]
    public async Task The_commit_tag_is_the_alias_of_HEAD_even_for_an_image_that_is_held_back()
    {
        repository.Write(
            "lading.json",
            Configuration.Replace(
                "\"site\": {",
                $$"""
                "site": { "hold": { "revision": "{{commit}}", "reason": "the new page is too slow" },
                """,
                StringComparison.Ordinal
            )
        );
        var held = await repository.CommitAsync("two");

        var stack = Stack(ImagePin.CommitTag, "site", "carts");

        Assert.Equal([Image("site", $"v-{held}"), Image("carts", $"v-{held}")], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public async Task Without_an_alias_with_the_commit_there_is_no_commit_tag()
    {
        repository.Write("lading.json", Configuration.Replace(", \"v-{commit}\"", "", StringComparison.Ordinal));
        await repository.CommitAsync("two");

        Assert.Equal(
            "/Storefront: Could not tell the tag of a commit: no alias in lading.json holds {commit} and no {branch}. "
                + "Add one (\"aliases\": [\"{commit}\"]) and publish, or pin by ImagePin.SourceTag, which needs none.",
            Assert.Single(CdkProject.Errors(Stack(ImagePin.CommitTag, "site", "carts")))
        );
    }

    [Fact]
    public void There_is_no_tag_if_git_cannot_read_HEAD()
    {
        Directory.Delete(Path.Combine(repository.Folder, ".git"), recursive: true);

        Assert.StartsWith(
            "/Storefront: Could not compute the tags of images from git",
            Assert.Single(CdkProject.Errors(Stack(ImagePin.SourceTag, "site", "carts"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_uncommitted_image_has_no_tag()
    {
        repository.Write("lading.json", Configuration.Replace("\"site\":", "\"page\":", StringComparison.Ordinal));

        Assert.Equal(
            "/Storefront/Task/page: Could not pin image page: lading.json of HEAD has no image of that name. "
                + "Commit it, then run 'lading publish page --env dev'.",
            Assert.Single(CdkProject.Errors(Stack(ImagePin.SourceTag, "page")))
        );
    }

    [Fact]
    public void Takes_the_platform_of_lading_json()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var arm = new RuntimePlatform { CpuArchitecture = CpuArchitecture.ARM64 };
        Add(stack, ImagePin.SourceTag, arm, "site");

        Assert.Contains(
            "the task definition runs on linux/arm64, and the image is for linux/amd64",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_stack_that_leaves_its_account_open_names_its_own_registry()
    {
        var stack = CdkProject.Stack(project.App());
        Add(stack, ImagePin.SourceTag, null, "site");

        Assert.Contains("AWS::AccountId", Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void A_stack_in_an_account_of_no_environment_is_reported()
    {
        var stack = CdkProject.Stack(project.App(), "999999999999");
        Add(stack, ImagePin.SourceTag, null, "site");

        Assert.Contains(
            "none in lading.json has account 999999999999",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void In_a_snapshot_test_it_is_still_the_constant_digest()
    {
        var stack = CdkProject.Stack(project.App(("lading:fixed", true)));
        Add(stack, ImagePin.CommitTag, null, "site");

        Assert.Contains("@sha256:0000", Assert.Single(CdkProject.Images(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_records_the_tag()
    {
        var stack = Stack(ImagePin.SourceTag, "site");

        using var template = CdkProject.Json(stack);
        Assert.Contains(
            $"storefront/site:{Head().Images["site"].Fingerprint.SourceTag}",
            template.RootElement.GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_image_that_a_stack_pins_in_two_ways_is_recorded_twice()
    {
        project.WriteLock("dev", images: "site");
        var stack = Stack(ImagePin.SourceTag, "site");
        new Ec2TaskDefinition(stack, "Other").AddContainer(
            "page",
            new ContainerDefinitionOptions { Image = new LadingImage("site"), MemoryLimitMiB = 128 }
        );

        using var template = CdkProject.Json(stack);
        var value = template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Single(each => each.Value.GetProperty("Type").GetString() == "AWS::SSM::Parameter")
            .Value.GetProperty("Properties")
            .GetProperty("Value")
            .GetString()!;
        var record = RecordReader.Read([value], "it");
        Assert.Equal(["site", "site/2"], record.Images.Keys);
        Assert.StartsWith("storefront/site:src-", record.Images["site"].Reference, StringComparison.Ordinal);
        Assert.EndsWith("/site", Assert.Single(record.Images["site"].UsedBy), StringComparison.Ordinal);
        Assert.StartsWith("storefront/site@sha256:", record.Images["site/2"].Reference, StringComparison.Ordinal);
        Assert.EndsWith("/page", Assert.Single(record.Images["site/2"].UsedBy), StringComparison.Ordinal);
    }

    private Lading.Apps.HeadIdentities Head()
    {
        var head = AppImages.ReadHead(
            new ProjectFolder(
                project.Root,
                ConfigurationReader.Read(File.ReadAllBytes(Path.Combine(project.Root, "lading.json")), "lading.json")
            ),
            _ => null
        );
        Assert.Null(head.Failure);
        return head;
    }

    private Stack Stack(ImagePin pin, params string[] images)
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        Add(stack, pin, null, images);
        return stack;
    }

    private static void Add(Stack stack, ImagePin pin, RuntimePlatform? platform, params string[] images)
    {
        var task = CdkProject.Task(stack, platform);
        foreach (var image in images)
        {
            var container = new LadingImage(image, new LadingImageProps { Pin = pin });
            task.AddContainer(image, new ContainerDefinitionOptions { Image = container });
        }
    }

    private static string Image(string name, string tag) =>
        $$"""{"Fn::Join":["",["111111111111.dkr.ecr.ap-northeast-1.",{"Ref":"AWS::URLSuffix"},"/storefront/{{name}}:{{tag}}"]]}""";
}
