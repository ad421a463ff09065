using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class FailingAtSynthesis : IDisposable
{
    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void A_missing_lock_is_reported_once_per_stack_with_the_command_that_writes_it()
    {
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web", "worker");

        Assert.Equal(
            [
                $"/Storefront: Could not pin the images of stack Storefront: there is no lock {project.Root}/.lading/dev.lock.json. "
                    + "Run 'lading publish --env dev', or 'lading resolve --env dev' if the images are published already.",
            ],
            CdkProject.Errors(stack)
        );
    }

    [Fact]
    public void Without_environments_the_command_is_the_shortest()
    {
        project.Write("lading.json", """{ "project": "storefront", "images": { "web": { "context": "web" } } }""");

        var stack = CdkProject.Stack(project.App());
        CdkProject.Task(stack, "web");

        Assert.Contains("Run 'lading publish',", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_missing_image_is_reported_in_one_synthesis_and_the_others_are_pinned()
    {
        project.WriteLock("dev", images: "web");
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "worker", "web", "wbe");

        Assert.Equal(
            [
                "/Storefront/Task/worker: Could not pin image worker: "
                    + $"the lock {project.Root}/.lading/dev.lock.json does not hold it. Run 'lading publish worker --env dev'.",
                "/Storefront/Task/wbe: Could not pin image wbe: lading.json has no image of that name. "
                    + "It has web, worker. Add an image there, then run 'lading publish wbe'.",
            ],
            CdkProject.Errors(stack)
        );
        var images = CdkProject.Images(stack);
        Assert.Equal("\"lading.invalid/worker\"", images[0]);
        Assert.Contains("sha256:aaaa", images[1], StringComparison.Ordinal);
        Assert.Equal("\"lading.invalid/wbe\"", images[2]);
    }

    [Fact]
    public void A_platform_that_the_task_does_not_run_on_is_an_error()
    {
        project.WriteLock("dev");
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, Platform(CpuArchitecture.ARM64), "worker", "web");

        Assert.Equal(
            [
                "/Storefront/Task/web: Could not pin image web: the task definition runs on linux/arm64, and the image is for linux/amd64. "
                    + "Set the task definition's RuntimePlatform, or add linux/arm64 to the image's platforms in lading.json and run 'lading publish web --env dev'.",
            ],
            CdkProject.Errors(stack)
        );
    }

    [Fact]
    public void A_Fargate_task_without_a_platform_runs_on_amd64()
    {
        project.Write(
            "lading.json",
            CdkProject.DefaultConfiguration.Replace("\"linux/amd64\", ", "", StringComparison.Ordinal)
        );
        project.WriteLock("dev", null, [("worker", Locks.ALock.Image('a', platforms: Lading.Oci.Platform.LinuxArm64))]);
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "worker");

        Assert.Contains("runs on linux/amd64", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_on_EC2_runs_on_what_its_cluster_has()
    {
        project.WriteLock("dev", null, [("worker", Locks.ALock.Image('a', platforms: Lading.Oci.Platform.LinuxArm64))]);
        var stack = CdkProject.Stack(project.App(), "111111111111");
        new Ec2TaskDefinition(stack, "Task").AddContainer(
            "worker",
            new ContainerDefinitionOptions { Image = new LadingImage("worker"), MemoryLimitMiB = 128 }
        );

        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void A_lock_that_cannot_be_read_is_an_error_with_its_location()
    {
        project.Write(".lading/dev.lock.json", "{ \"lockVersion\": 1,\n<<<<<<< HEAD\n");
        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web");

        Assert.Equal(
            [
                $"/Storefront: Could not read the lock {project.Root}/.lading/dev.lock.json, line 2: it is not JSON. "
                    + "Run 'lading resolve --env dev' to write it again.",
            ],
            CdkProject.Errors(stack)
        );
    }

    [Fact]
    public void A_lock_of_another_environment_is_not_used_for_the_stack()
    {
        project.WriteLock("dev", path: "pins.json");
        var stack = CdkProject.Stack(project.App(("lading:lock", "pins.json")), "222222222222");
        CdkProject.Task(stack, "web");

        Assert.Equal(
            [
                $"/Storefront: Could not pin the images of stack Storefront: the lock {project.Root}/pins.json is of environment dev, "
                    + $"and the stack's is prod. Run 'lading publish --env prod --lock {project.Root}/pins.json', or name the other one: -c lading:env=dev.",
            ],
            CdkProject.Errors(stack)
        );
    }

    [Fact]
    public void A_mistake_in_lading_json_is_reported_with_its_line()
    {
        project.Write("lading.json", "{\n  \"project\": \"storefront\",\n  \"image\": {}\n}");
        var stack = CdkProject.Stack(project.App());
        CdkProject.Task(stack, "web");

        Assert.Contains("lading.json:3:", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_lading_json_is_reported_with_how_to_get_one()
    {
        using var nowhere = new CdkProject(configuration: null);
        var stack = CdkProject.Stack(nowhere.App());
        CdkProject.Task(stack, "web");

        Assert.Contains("Run 'lading init'", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_context_value_is_reported()
    {
        project.WriteLock("dev");
        var stack = CdkProject.Stack(project.App(("lading:stale", "never")), "111111111111");
        CdkProject.Task(stack, "web");

        Assert.Contains("warn, error or ignore", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    private static RuntimePlatform Platform(CpuArchitecture architecture) =>
        new() { CpuArchitecture = architecture, OperatingSystemFamily = OperatingSystemFamily.LINUX };
}
