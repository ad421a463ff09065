using System.Text.Json;
using Lading.IntegrationTests.Publishing;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Checking;

public sealed class CheckingBeforeDeployment : IAsyncLifetime
{
    private readonly TestAssembly assembly = new();
    private SmallProject? project;

    private SmallProject Project => project!;

    public async ValueTask InitializeAsync()
    {
        project = await SmallProject.CreateAsync();
        await project.PublishAsync();
    }

    public ValueTask DisposeAsync()
    {
        assembly.Dispose();
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_fresh_publish_passes_the_check()
    {
        Synthesize(Own("web"), Own("site"));

        var ofLock = (await Project.LadingAsync("check")).Succeeded();
        var ofTemplates = (await CheckAsync()).Succeeded();

        Assert.Contains("2 images ok", ofLock.Out);
        Assert.Matches(
            "  Shop   web        shop/web@sha256:[0-9a-f]{12}…   ok  linux/amd64, [0-9a-f]{7} \"A shop\"\n",
            ofTemplates.Out
        );
        Assert.Equal("", ofTemplates.Error);
    }

    [Fact]
    public async Task A_published_image_in_no_template_is_reported_and_passes()
    {
        Synthesize(Own("web"));

        var run = (await CheckAsync()).Succeeded();

        Assert.Contains("published, but in no template: site.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_image_is_missing_and_the_named_command_restores_it()
    {
        Synthesize(Own("web"), Own("site"));
        Directory.Delete(Path.Combine(Project.Store, "shop", "web"), recursive: true);

        var failed = (await CheckAsync()).Failed(FailureKind.CheckFailed);
        (await Project.LadingAsync("publish", "web")).Succeeded();
        var corrected = await CheckAsync();

        Assert.Matches("web .* missing  not in local: lading publish web --env local\n", failed.Out);
        Assert.Contains("1 of 2 failed · exit 3", failed.Out);
        corrected.Succeeded();
    }

    [Fact]
    public async Task An_image_that_can_be_promoted_says_so()
    {
        (await Project.LadingAsync("promote", "local", "stage")).Succeeded();
        Directory.Delete(Path.Combine(Project.Store + "-stage", "shop", "site"), recursive: true);

        var failed = (await Project.LadingAsync("check", "--env", "stage")).Failed(FailureKind.CheckFailed);

        Assert.Contains("missing  in local, not in stage: lading promote local stage", failed.Out);
    }

    [Fact]
    public async Task A_commit_that_changes_an_input_makes_the_lock_stale_and_a_held_image_passes()
    {
        Project.Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Project.Repository.CommitAsync("Sale");

        var stale = (await Project.LadingAsync("check")).Failed(FailureKind.CheckFailed);
        (await Project.LadingAsync("pin", "web@HEAD~1", "--reason", "No sale yet")).Succeeded();
        await Project.Repository.CommitAsync("Hold web back");
        var held = (await Project.LadingAsync("check")).Succeeded();

        Assert.Contains("stale  the lock does not match HEAD: lading publish web --env local", stale.Out);
        Assert.Matches("held  held back at [0-9a-f]{7}: No sale yet", held.Out);
    }

    [Fact]
    public async Task A_template_that_is_older_than_the_lock_is_stale()
    {
        Synthesize(Own("web"));
        Project.Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Project.Repository.CommitAsync("Sale");
        await Project.PublishAsync();

        var run = (await CheckAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("stale  the template has another digest than the lock: cdk synth", run.Out);
    }

    [Fact]
    public async Task Another_platform_mutable_tags_and_unknown_images_fail()
    {
        assembly.Stack(
            "Shop",
            $$"""
            { "Resources": { "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
              "RuntimePlatform": { "CpuArchitecture": "ARM64" },
              "ContainerDefinitions": [
                { "Name": "web", "Image": {{Own("web").Image}} },
                { "Name": "tagged", "Image": { "Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/shop/site:latest" } },
                { "Name": "secret", "Image": "{{"{{resolve:ssm:/image}}"}}" },
                { "Name": "typo", "Image": "Shop/Web" },
                { "Name": "away", "Image": "127.0.0.1:1/x/y@{{Project.Locked("web")}}" }
              ] } } } }
            """
        );

        var run = (await CheckAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("platform  it is for linux/amd64, and the container runs on linux/arm64: add it to", run.Out);
        Assert.Matches("tagged .* missing ", run.Out);
        Assert.Matches("tagged .* mutable ", run.Out);
        Assert.Matches("secret .* unknown   SSM parameter /image is read at deployment", run.Out);
        Assert.Matches("typo .* unknown   'Shop/Web' is not an image reference", run.Out);
        Assert.Matches("away .* unknown ", run.Out);
        Assert.Contains("127.0.0.1:1", run.Error);
        Assert.Contains("5 of 6 failed", run.Out);
    }

    [Fact]
    public async Task An_image_that_the_service_refuses_fails_and_unread_resources_are_reported()
    {
        assembly.Stack(
            "Shop",
            $$"""
            { "Resources": {
              "Good": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": {{Own(
                "web"
            ).Image}} } } },
              "Arm": { "Type": "AWS::Lambda::Function", "Properties": { "Architectures": ["arm64"], "Code": { "ImageUri": {{Own(
                "web"
            ).Image}} } } },
              "Hub": { "Type": "AWS::Lambda::Function", "Properties": { "Code": { "ImageUri": "127.0.0.1:1/x/y@{{Project.Locked(
                "web"
            )}}" } } },
              "Build": { "Type": "AWS::CodeBuild::Project", "Properties": { "Environment": { "Image": "aws/codebuild/standard:7.0" } } },
              "Copy": { "Type": "Custom::CDKECRDeployment", "Properties": { "SrcImage": "docker://nginx:latest" } }
            } }
            """
        );

        var run = (await CheckAsync()).Failed(FailureKind.CheckFailed);

        Assert.Matches("Good .* ok ", run.Out);
        Assert.Matches("Arm .* platform ", run.Out);
        Assert.Matches("Hub .* refused   Lambda pulls from ECR alone: mirror it", run.Out);
        Assert.Matches("Build .* ok +CodeBuild has it", run.Out);
        Assert.Contains("not read: Custom::CDKECRDeployment Copy of Shop may name an image (SrcImage)", run.Error);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_is_reported_once()
    {
        Synthesize(Away("a"), Away("b"), Away("c"), Own("web"));

        var run = (await CheckAsync()).Failed(FailureKind.CheckFailed);

        Assert.Equal(2, run.Error.Split("error: ").Length);
        Assert.Contains("\n  2 more of shared could not be looked up either\n", run.Error);
        Assert.Equal(4, run.Out.Split(" unknown ").Length);
        Assert.Contains("3 of ", run.Out);
    }

    [Fact]
    public async Task A_narrow_terminal_breaks_no_line_and_loses_no_remedy()
    {
        Synthesize(Own("web"), Own("site"));
        Directory.Delete(Path.Combine(Project.Store, "shop", "web"), recursive: true);

        var run = await ToolRun.InAsync(
            Project.Repository.Folder,
            new Dictionary<string, string> { ["NO_COLOR"] = "1" },
            ["check", "--app", assembly.Folder],
            columns: 70
        );

        var lines = run.Failed(FailureKind.CheckFailed).Out.Split('\n');
        Assert.All(lines[..4], line => Assert.True(line.Length <= 70, line));
        Assert.Contains(
            lines,
            line => line.StartsWith("  Shop   web ", StringComparison.Ordinal) && line.EndsWith('…')
        );
        Assert.Contains("  web: not in local: lading publish web --env local", lines);
    }

    [Fact]
    public async Task An_immutable_source_tag_may_replace_the_digest()
    {
        var tag = Fingerprints.Fingerprint.Parse(LockOf("web")).SourceTag;
        assembly.Stack(
            "Shop",
            TestAssembly.Fargate(
                (
                    "web",
                    $$"""{ "Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/shop/web:{{tag}}" }"""
                )
            )
        );

        (await CheckAsync()).Succeeded();
    }

    [Fact]
    public async Task Image_assets_of_the_cdk_pass_before_they_exist()
    {
        Synthesize(
            (
                "asset",
                """{ "Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/cdk-x-${AWS::AccountId}-${AWS::Region}:abc" }"""
            )
        );
        assembly
            .File(
                "Shop.assets.json",
                """{ "dockerImages": { "abc": { "destinations": { "d": { "repositoryName": "cdk-x-${AWS::AccountId}-${AWS::Region}", "imageTag": "abc" } } } } }"""
            )
            .Artifact(
                "Shop.assets",
                """{ "type": "cdk:asset-manifest", "properties": { "file": "Shop.assets.json" } }"""
            );

        var run = (await CheckAsync()).Succeeded();

        Assert.Contains("asset  CDK builds and pushes it while it deploys", run.Out);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_fails_the_check()
    {
        Synthesize(("web", $"\"127.0.0.1:1/shop/web@{Project.Locked("web")}\""));

        var run = (await CheckAsync("--env", "shared")).Failed(FailureKind.CheckFailed);

        Assert.Matches("web .* unknown ", run.Out);
        Assert.Contains("shared has no lock here", run.Error);
    }

    [Fact]
    public async Task Programs_get_one_document_and_the_exit_code()
    {
        Synthesize(Own("web"));
        Directory.Delete(Path.Combine(Project.Store, "shop", "web"), recursive: true);

        var run = (await CheckAsync("--output", "json")).Failed(FailureKind.CheckFailed);

        using var document = JsonDocument.Parse(run.Out);
        var images = document.RootElement.GetProperty("images");
        Assert.False(document.RootElement.GetProperty("holds").GetBoolean());
        Assert.Equal(2, images.GetArrayLength());
        Assert.Equal("Shop", images[0].GetProperty("stack").GetString());
        Assert.Equal("missing", images[0].GetProperty("findings")[0].GetProperty("verdict").GetString());
        Assert.Equal("site", images[1].GetProperty("image").GetString());
        Assert.True(images[1].GetProperty("holds").GetBoolean());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task A_tag_that_is_gone_or_names_another_image_has_moved()
    {
        var locked = LockOf("web");
        await File.WriteAllTextAsync(
            Project.LockPath(),
            Project.LockText().Replace(locked, new string('0', 64)),
            TestContext.Current.CancellationToken
        );

        var run = (await Project.LadingAsync("check")).Failed(FailureKind.CheckFailed);

        Assert.Matches("web .* moved  its tag src-00000000… is gone: lading publish web --env local", run.Out);
        Assert.Matches("web .* stale ", run.Out);
    }

    [Theory]
    [InlineData(FailureKind.Usage, "it has no manifest.json", "--app", "src")]
    [InlineData(FailureKind.Failed, "the file does not exist", "--lock", "gone.json")]
    [InlineData(
        FailureKind.Usage,
        "it belongs to environment local, not to stage",
        "--env",
        "stage",
        "--lock",
        ".lading/local.lock.json"
    )]
    [InlineData(FailureKind.Usage, "Could not find environment nowhere", "--env", "nowhere")]
    internal async Task A_check_that_cannot_be_made_is_an_error(
        FailureKind kind,
        string reason,
        params string[] arguments
    )
    {
        var run = (await Project.LadingAsync(["check", .. arguments])).Failed(kind);

        Assert.Contains(reason, run.Error);
        Assert.Equal("", run.Out);
    }

    private void Synthesize(params IReadOnlyList<(string Name, string Image)> containers) =>
        assembly.Stack("Shop", TestAssembly.Fargate(containers));

    /// <summary>
    /// A container with the image in the lock, as the construct renders it in a stack that leaves its account open.
    /// </summary>
    private (string Name, string Image) Own(string image) =>
        (
            image,
            $$"""{ "Fn::Join": ["", [{ "Ref": "AWS::AccountId" }, ".dkr.ecr.", { "Ref": "AWS::Region" }, ".", { "Ref": "AWS::URLSuffix" }, "/shop/{{image}}@{{Project.Locked(image)}}"]] }"""
        );

    /// <summary>A container with an image in a registry that is not there.</summary>
    private (string Name, string Image) Away(string name) =>
        (name, $"\"127.0.0.1:1/x/{name}@{Project.Locked("web")}\"");

    private string LockOf(string image) => Locks.LockFile.Read(Project.LockPath()).Images[image].Fingerprint;

    private Task<ToolRun> CheckAsync(params IReadOnlyList<string> arguments) =>
        Project.LadingAsync(["check", "--app", assembly.Folder, .. arguments]);
}
