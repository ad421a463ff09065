using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.Batch;
using Amazon.CDK.AWS.CodeCommit;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ECS.Patterns;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Amazon.CDK.Pipelines;
using Constructs;
using Lading.Cdk;
using LadingPlatform = Lading.Oci.Platform;

namespace Lading.Tests.Cdk;

/// <summary>Each CDK construct that takes an image, with an image of Lading.</summary>
[Collection(JsiiCollection.Name)]
public sealed class UsingAnImageEverywhere : IDisposable
{
    private static readonly string Web = $"/storefront/web@sha256:{new string('a', 64)}";
    private static readonly string Worker = $"/storefront/worker@sha256:{new string('b', 64)}";

    private readonly CdkProject project = new();
    private readonly Stack stack;

    public UsingAnImageEverywhere()
    {
        project.WriteLock("dev");
        stack = CdkProject.Stack(project.App(), "111111111111");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void Behind_a_network_load_balancer() =>
        Runs(
            Web,
            () =>
                new NetworkLoadBalancedFargateService(
                    stack,
                    "Balanced",
                    new NetworkLoadBalancedFargateServiceProps
                    {
                        Vpc = Vpc(),
                        TaskImageOptions = new NetworkLoadBalancedTaskImageOptions { Image = new LadingImage("web") },
                    }
                )
        );

    [Fact]
    public void In_a_service_that_processes_a_queue() =>
        Runs(
            Worker,
            () =>
                new QueueProcessingFargateService(
                    stack,
                    "Queue",
                    new QueueProcessingFargateServiceProps { Vpc = Vpc(), Image = new LadingImage("worker") }
                )
        );

    [Fact]
    public void Behind_an_application_load_balancer_on_EC2()
    {
        var cluster = new Cluster(stack, "Cluster", new ClusterProps { Vpc = Vpc() });
        cluster.AddCapacity(
            "Instances",
            new AddCapacityOptions { InstanceType = new Amazon.CDK.AWS.EC2.InstanceType("t4g.small") }
        );
        Runs(
            Worker,
            () =>
                new ApplicationLoadBalancedEc2Service(
                    stack,
                    "Balanced",
                    new ApplicationLoadBalancedEc2ServiceProps
                    {
                        Cluster = cluster,
                        MemoryLimitMiB = 256,
                        TaskImageOptions = new ApplicationLoadBalancedTaskImageOptions
                        {
                            Image = new LadingImage("worker"),
                        },
                    }
                )
        );
    }

    [Fact]
    public void As_a_task_that_a_state_machine_runs()
    {
        var task = CdkProject.Task(stack, "worker");
        var run = new EcsRunTask(
            stack,
            "Run",
            new EcsRunTaskProps
            {
                Cluster = new Cluster(stack, "Cluster", new ClusterProps { Vpc = Vpc() }),
                TaskDefinition = task,
                LaunchTarget = new EcsFargateLaunchTarget(),
                AssignPublicIp = true,
            }
        );
        Runs(
            Worker,
            () =>
                new Amazon.CDK.AWS.StepFunctions.StateMachine(
                    stack,
                    "Machine",
                    new Amazon.CDK.AWS.StepFunctions.StateMachineProps
                    {
                        DefinitionBody = Amazon.CDK.AWS.StepFunctions.DefinitionBody.FromChainable(run),
                    }
                )
        );
    }

    [Fact]
    public void As_a_job_of_Batch() =>
        Runs(
            Worker,
            () =>
                new EcsJobDefinition(
                    stack,
                    "Job",
                    new EcsJobDefinitionProps
                    {
                        Container = new EcsFargateContainerDefinition(
                            stack,
                            "Container",
                            new EcsFargateContainerDefinitionProps
                            {
                                Image = new LadingImage("worker"),
                                Cpu = 0.5,
                                Memory = Size.Gibibytes(1),
                            }
                        ),
                    }
                )
        );

    [Fact]
    public void As_a_Lambda_function()
    {
        Runs(
            Web,
            () =>
            {
                var image = LadingImage.ReferenceFor(
                    stack,
                    "web",
                    new LadingImageProps { Platform = LadingPlatform.LinuxAmd64 }
                );
                return new DockerImageFunction(
                    stack,
                    "Function",
                    new DockerImageFunctionProps
                    {
                        Code = DockerImageCode.FromEcr(
                            image.Repository,
                            new EcrImageCodeProps { TagOrDigest = image.TagOrDigest }
                        ),
                    }
                );
            }
        );
        using var template = CdkProject.Json(stack);
        var record = template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Single(each => each.Value.GetProperty("Type").GetString() == "AWS::SSM::Parameter")
            .Value;
        Assert.Contains("Function", record.GetProperty("DependsOn").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refers_to_an_image_by_its_address_as_text()
    {
        var uri = LadingImage.ReferenceFor(stack, "web").Uri;
        Assert.Equal(uri, LadingImage.ReferenceFor(stack, "web").ToString());
        Runs(
            Web,
            () =>
            {
                return new Amazon.CDK.AWS.AppRunner.CfnService(
                    stack,
                    "Runner",
                    new Amazon.CDK.AWS.AppRunner.CfnServiceProps
                    {
                        SourceConfiguration = new Amazon.CDK.AWS.AppRunner.CfnService.SourceConfigurationProperty
                        {
                            ImageRepository = new Amazon.CDK.AWS.AppRunner.CfnService.ImageRepositoryProperty
                            {
                                ImageIdentifier = uri,
                                ImageRepositoryType = "ECR",
                            },
                        },
                    }
                );
            }
        );
    }

    [Fact]
    public void A_reference_must_have_the_given_platform()
    {
        var image = LadingImage.ReferenceFor(
            stack,
            "web",
            new LadingImageProps { Platform = LadingPlatform.LinuxArm64 }
        );

        Assert.Contains(
            "runs on linux/arm64, and the image is for linux/amd64",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
        Assert.Equal("lading.invalid/web", image.Uri);
    }

    [Fact]
    public void A_task_on_EC2_must_have_it_too()
    {
        var image = new LadingImage("web", new LadingImageProps { Platform = LadingPlatform.LinuxArm64 });
        new Ec2TaskDefinition(stack, "Task").AddContainer(
            "web",
            new Amazon.CDK.AWS.ECS.ContainerDefinitionOptions { Image = image, MemoryLimitMiB = 128 }
        );

        Assert.Contains("runs on linux/arm64", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_stack_outside_the_region_of_its_images()
    {
        var elsewhere = new Stack(
            project.App(("lading:env", "dev")),
            "Elsewhere",
            new StackProps
            {
                Env = new Amazon.CDK.Environment { Account = "333333333333", Region = "us-east-1" },
            }
        );
        CdkProject.Task(elsewhere, "web");

        Assert.Contains(
            "111111111111.dkr.ecr.ap-northeast-1.",
            Assert.Single(CdkProject.Images(elsewhere)),
            StringComparison.Ordinal
        );
        Assert.Empty(CdkProject.Errors(elsewhere));
    }

    [Fact]
    public void In_the_stages_of_a_pipeline_that_builds_no_image()
    {
        project.WriteLock("prod");
        var app = project.App();
        var tools = new Stack(
            app,
            "Tools",
            new StackProps
            {
                Env = new Amazon.CDK.Environment { Account = "333333333333", Region = "ap-northeast-1" },
            }
        );
        var pipeline = new CodePipeline(
            tools,
            "Pipeline",
            new CodePipelineProps
            {
                CrossAccountKeys = true,
                Synth = new ShellStep(
                    "Synth",
                    new ShellStepProps
                    {
                        Input = CodePipelineSource.CodeCommit(
                            Repository.FromRepositoryName(tools, "Source", "storefront"),
                            "main"
                        ),
                        Commands = ["lading resolve --env dev", "lading resolve --env prod", "npx cdk synth"],
                    }
                ),
            }
        );
        var stacks = new[] { ("Dev", "111111111111"), ("Prod", "222222222222") }
            .Select(each =>
            {
                var stage = new Stage(app, each.Item1);
                var inStage = CdkProject.Stack(stage, each.Item2);
                CdkProject.Task(inStage, "web");
                pipeline.AddStage(stage);
                return inStage;
            })
            .ToList();
        pipeline.BuildPipeline();

        Assert.All(
            stacks,
            each =>
                Assert.Contains(
                    each.Account + ".dkr.ecr",
                    Assert.Single(CdkProject.Images(each)),
                    StringComparison.Ordinal
                )
        );
        using var template = CdkProject.Json(tools);
        var text = template.RootElement.GetRawText();
        Assert.Contains("\"Prod\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DockerAsset", text, StringComparison.Ordinal);
    }

    private Vpc Vpc() =>
        new(stack, "Vpc", new VpcProps { NatGateways = 0, AvailabilityZones = ["ap-northeast-1a", "ap-northeast-1c"] });

    private void Runs(string image, Func<IConstruct> add)
    {
        Assert.NotNull(add());
        using var template = CdkProject.Json(stack);
        var text = template.RootElement.GetRawText();
        Assert.Contains(image, text, StringComparison.Ordinal);
        Assert.Contains("\"/lading/Storefront\"", text, StringComparison.Ordinal);
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Empty(CdkProject.Warnings(stack));
    }
}
