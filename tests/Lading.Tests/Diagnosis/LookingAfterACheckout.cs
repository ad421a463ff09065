using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at a project: its configuration, its clone, and what is in both.</summary>
public sealed class LookingAfterACheckout : IAsyncLifetime
{
    private ExaminedFolder folder = null!;

    public async ValueTask InitializeAsync() => folder = await ExaminedFolder.CreateAsync();

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_project_outside_of_a_repository_is_broken()
    {
        folder.Project();
        Directory.Move(Path.Combine(folder.Repository.Folder, ".git"), Path.Combine(folder.Repository.Folder, "git"));
        folder.Variables["GIT_CEILING_DIRECTORIES"] = Path.GetTempPath();

        var run = (await folder.DoctorAsync("git-clone")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ Could not look at the clone: this folder is not in a git repository. Images get their identity from git: run 'git init', and commit  (git-clone)",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_is_named()
    {
        folder.Repository.Write("lading.json", """{ "project": "shop", "imagess": {} }""");

        var run = (await folder.DoctorAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("imagess", run.Out, StringComparison.Ordinal);
        Assert.Contains("(configuration)", run.Out, StringComparison.Ordinal);
        Assert.Matches(
            @"\? could not look at .*bases.*: lading\.json cannot be read: lading doctor configuration",
            run.Out
        );
    }

    [Fact]
    public async Task A_shallow_clone_is_reported()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        await folder.Repository.CommitAsync("two");
        using var clone = await folder.Repository.CloneShallowAsync();

        var run = (await ToolRun.InAsync(clone.Folder, folder.Variables, ["doctor", "git-clone"])).Succeeded();

        Assert.Contains("! the clone is shallow", run.Out, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_lock_is_reported()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        folder.Repository.Write(
            ".lading/local.lock.json",
            $$"""
            { "lockVersion": 1, "environment": "local", "images": { "web": {
                "repository": "shop/web", "digest": "sha256:{{new string('a', 64)}}",
                "fingerprint": "{{new string('b', 64)}}", "revision": "{{new string(
                'c',
                40
            )}}", "platforms": ["linux/amd64"] } } }
            """
        );

        var run = (await folder.DoctorAsync("lock")).Succeeded();

        Assert.Contains(
            "! the lock of local does not match HEAD: web: lading publish --env local",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_is_broken()
    {
        folder.Project();
        await folder.Repository.CommitAsync("one");
        folder.Repository.Write(".lading/local.lock.json", "{");

        (await folder.DoctorAsync("lock")).Failed(FailureKind.CheckFailed);
    }

    [Fact]
    public async Task A_base_without_a_pin_is_reported()
    {
        folder.Project();
        folder.Repository.Write("web/Dockerfile", "FROM debian:12\nCOPY index.html /\n");

        var run = (await folder.DoctorAsync("bases")).Succeeded();

        Assert.Contains("! debian:12 is unpinned", run.Out, StringComparison.Ordinal);
        Assert.Contains(": lading bases update", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_git_does_not_ignore_is_reported()
    {
        folder.Project();
        folder.Repository.Write(".lading/work/kept", "");

        var run = await folder.DoctorAsync("own-folder");
        Assert.Contains("! git does not ignore .lading", run.Out, StringComparison.Ordinal);

        folder.Repository.Write(".lading/.gitignore", "*\n");
        Assert.Contains("✓ 1 check ", (await folder.DoctorAsync("own-folder")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_keeps_only_a_number_of_images_is_reported()
    {
        const string Rules =
            """{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":3},\"action\":{\"type\":\"expire\"}}]}""";
        folder
            .Repository.Write("cdk.json", """{ "app": "npx tsx app.ts" }""")
            .Write(
                "cdk.out/manifest.json",
                """{ "version": "48.0.0", "artifacts": { "StagingStack": { "type": "aws:cloudformation:stack", "environment": "aws://1/x", "properties": { "templateFile": "s.json" } } } }"""
            )
            .Write(
                "cdk.out/s.json",
                $$$"""{ "Resources": { "Web": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": "shop/web", "LifecyclePolicy": { "LifecyclePolicyText": "{{{Rules}}}" } } } } }"""
            );

        var run = (await folder.DoctorAsync("app-staging")).Succeeded();

        Assert.Contains(
            "! repository shop/web of StagingStack keeps the newest 3 images, whatever runs: what a rollback or a scale-out needs may be gone: raise imageAssetVersionCount of AppStaging, or use LadingImage",
            run.Out,
            StringComparison.Ordinal
        );
    }
}
