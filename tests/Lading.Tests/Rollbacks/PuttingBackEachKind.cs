using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Stacks;
using Lading.Tests.Running;

namespace Lading.Tests.Rollbacks;

/// <summary>
/// The table "What can be put back" in docs/rollback.md: a test for each row that is not tested elsewhere.
/// </summary>
public sealed class PuttingBackEachKind : IAsyncLifetime
{
    private RollbackWorld world = null!;

    public async ValueTask InitializeAsync() => world = await RollbackWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_CDK_image_asset_is_replaced_by_the_digest_that_ran_in_the_same_repository()
    {
        const string Assets = $"cdk-hnb659fds-container-assets-{RunningWorld.Account}-{RunningWorld.Region}";
        var images = new[] { ("good", new string('a', 64)), ("bad", new string('b', 64)) }
            .Select(each => (Digest: world.DigestOf(world.Image(each.Item1, repository: Assets)), Hash: each.Item2))
            .ToList();
        foreach (var (digest, hash) in images)
        {
            world.Aws.Images[(Assets, digest)] = [hash];
            world.Aws.Ecs.SetTag($"{world.Aws.Host}/{Assets}:{hash}", digest);
            world.Deploy(RunningWorld.Shop($"{world.Aws.Host}/{Assets}:{hash}") with { HasRecord = false });
        }

        (await world.RollbackAsync("Shop")).Succeeded();

        Assert.Equal($"{world.Aws.Host}/{Assets}@{images[0].Digest}", world.Running);
    }

    [Theory]
    [InlineData("EXTERNAL", "its controller is EXTERNAL")]
    [InlineData("CODE_DEPLOY", "CodeDeploy deploys it")]
    public async Task A_service_that_CloudFormation_does_not_deploy_is_refused(string controller, string said)
    {
        var bad = world.Image("bad");
        world.Deploy(world.Image("good"), bad);
        world.Aws.Ecs.Services.Single().Controller = controller;

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains($"Web: {said}", run.Out, StringComparison.Ordinal);
        Assert.Equal(bad, world.Running);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);
    }

    [Fact]
    public async Task CodeDeploys_commands_have_the_names_of_the_stack()
    {
        foreach (var image in new[] { world.Image("good"), world.Image("bad") })
        {
            world.Deploy(
                RunningWorld.Shop(image) with
                {
                    Others = new Dictionary<string, OtherPlan>
                    {
                        ["Group"] = new(
                            "web-group",
                            Resource(
                                "AWS::CodeDeploy::DeploymentGroup",
                                """{"ApplicationName":"shop-app","ServiceRoleArn":"r"}"""
                            )
                        ),
                    },
                }
            );
        }

        world.Aws.Ecs.Services.Single().Controller = "CODE_DEPLOY";

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "aws deploy list-deployments --application-name shop-app --deployment-group-name web-group --include-only-statuses Succeeded",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "aws deploy create-deployment --application-name shop-app --deployment-group-name web-group --revision",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Functions_jobs_and_scheduled_tasks_go_back_by_digest()
    {
        foreach (var image in new[] { world.Image("good"), world.Image("bad") })
        {
            world.Deploy(Everything(image));
        }

        var good = world.Image("good");
        var dry = (await world.RollbackAsync("--dry-run")).Succeeded();
        await world.RollbackAsync();

        Assert.Contains("Resize/Resize", dry.Out, StringComparison.Ordinal);
        Assert.Contains("Report/", dry.Out, StringComparison.Ordinal);
        var template = JsonNode.Parse(world.Aws.StacksApi.ChangeSets.Sets[^1].Template)!["Resources"]!;
        Assert.Equal(good, $"{template["Resize"]!["Properties"]!["Code"]!["ImageUri"]}");
        Assert.Equal(good, $"{template["Report"]!["Properties"]!["ContainerProperties"]!["Image"]}");
        Assert.Equal(good, $"{template["WebTask"]!["Properties"]!["ContainerDefinitions"]![0]!["Image"]}");
        // The rule refers to the task definition, and is left alone.
        Assert.Equal(
            "WebTask",
            $"{template["Nightly"]!["Properties"]!["Targets"]![0]!["EcsParameters"]!["TaskDefinitionArn"]!["Ref"]}"
        );
    }

    [Fact]
    public async Task All_other_image_settings_of_a_function_or_a_job_stay()
    {
        foreach (var image in new[] { world.Image("good"), world.Image("bad") })
        {
            world.Deploy(Everything(image));
        }

        var (good, bad) = (world.Image("good"), world.Image("bad"));
        world.Edit(template =>
        {
            Properties(template, "Resize")["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject { ["REPORT_IMAGE"] = bad },
            };
            Properties(template, "Report")["Parameters"] = new JsonObject { ["image"] = bad };
            Properties(template, "Report")["ContainerProperties"]!["Command"] = new JsonArray("scan", bad);
        });

        await world.RollbackAsync();

        var template = JsonNode.Parse(world.Aws.StacksApi.ChangeSets.Sets[^1].Template)!;
        Assert.Equal(good, $"{Properties(template, "Resize")["Code"]!["ImageUri"]}");
        Assert.Equal(good, $"{Properties(template, "Report")["ContainerProperties"]!["Image"]}");
        Assert.Equal(bad, $"{Properties(template, "Resize")["Environment"]!["Variables"]!["REPORT_IMAGE"]}");
        Assert.Equal(bad, $"{Properties(template, "Report")["Parameters"]!["image"]}");
        Assert.Equal(bad, $"{Properties(template, "Report")["ContainerProperties"]!["Command"]![1]}");
    }

    [Fact]
    public async Task An_image_that_was_in_another_repository_at_the_time_is_refused()
    {
        var moved = world.Image("moved", repository: "shop/frontend");
        world.Deploy(world.Image("good"), moved);

        var run = (await world.RollbackAsync("--to", "#1")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "its image was in repository shop/web then, and is in shop/frontend now",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(moved, world.Running);
    }

    [Theory]
    [InlineData(""" "{{resolve:ssm:/shop/image}}" """)]
    [InlineData("""{"Fn::FindInMap":["Images","web","now"]}""")]
    [InlineData("""{"Fn::ImportValue":"Images:Web"}""")]
    public async Task An_image_that_is_not_written_where_it_is_used_is_refused(string image)
    {
        var bad = world.Image("bad");
        world.Deploy(world.Image("good"), bad);
        world.Aws.Stacks.Exports["Images:Web"] = bad;
        world.Edit(template =>
        {
            template["Mappings"] = new JsonObject
            {
                ["Images"] = new JsonObject { ["web"] = new JsonObject { ["now"] = bad } },
            };
            Properties(template, "WebTask")["ContainerDefinitions"]![0]!["Image"] = JsonNode.Parse(image);
        });

        var run = (await world.RollbackAsync()).Failed(FailureKind.CheckFailed);

        Assert.Contains("✗ WebTask/web: ", run.Out, StringComparison.Ordinal);
        Assert.Contains(" Nothing was changed. ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cloudformation:CreateChangeSet", world.Aws.Calls);
    }

    private StackPlan Everything(string image)
    {
        var plan = RunningWorld.Shop(image) with
        {
            Record = Lading
                .Records.RecordWriter.Write(
                    new Lading.Records.StackRecord(
                        "prod",
                        new Dictionary<string, Lading.Records.RecordedImage>
                        {
                            ["web"] = new(image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..], ["WebTask/web"]),
                            ["web/2"] = new(image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..], []),
                        }
                    )
                )
                .Single(),
            Others = new Dictionary<string, OtherPlan>
            {
                ["Resize"] = new(
                    "resize",
                    Resource(
                        "AWS::Lambda::Function",
                        $$$"""{"Code":{"ImageUri":"{{{image}}}"},"PackageType":"Image"}"""
                    )
                ),
                ["Report"] = new(
                    "arn:aws:batch:eu-central-1:222222222222:job-definition/report:1",
                    Resource(
                        "AWS::Batch::JobDefinition",
                        $$$"""{"Type":"container","ContainerProperties":{"Image":"{{{image}}}","Vcpus":1,"Memory":512}}"""
                    )
                ),
                ["Nightly"] = new(
                    "nightly",
                    Resource(
                        "AWS::Events::Rule",
                        """{"Targets":[{"Id":"a","Arn":"c","EcsParameters":{"TaskDefinitionArn":{"Ref":"WebTask"}}}]}"""
                    )
                ),
            },
        };
        return plan;
    }

    private static JsonNode Properties(JsonNode template, string id) => template["Resources"]![id]!["Properties"]!;

    private static JsonObject Resource(string type, string properties) =>
        new() { ["Type"] = type, ["Properties"] = JsonNode.Parse(properties) };
}
