using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ECS.Patterns;
using Lading.Cdk;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class PinningAnImage : IDisposable
{
    private static readonly string A = "sha256:" + new string('a', 64);
    private static readonly string B = "sha256:" + new string('b', 64);

    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void The_template_names_the_digest_in_the_registry_of_the_stacks_environment()
    {
        project.WriteLock("dev");
        project.WriteLock("prod", digits: "cd");

        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web", "worker");

        Assert.Equal(
            [InAccount("111111111111", "web", A), InAccount("111111111111", "worker", B)],
            CdkProject.Images(stack)
        );
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public void Each_stack_of_an_app_has_the_lock_of_its_own_environment()
    {
        project.WriteLock("dev");
        project.WriteLock("prod", digits: "cd");
        var app = project.App();
        var dev = CdkProject.Stack(new Stage(app, "Dev"), "111111111111");
        CdkProject.Task(dev, "web");
        var prod = CdkProject.Stack(new Stage(app, "Prod"), "222222222222");
        CdkProject.Task(prod, "web");

        Assert.Equal([InAccount("111111111111", "web", A)], CdkProject.Images(dev));
        Assert.Equal([InAccount("222222222222", "web", "sha256:" + new string('c', 64))], CdkProject.Images(prod));
    }

    [Fact]
    public void A_stage_can_name_its_environment()
    {
        project.WriteLock("prod");
        var stage = new Stage(project.App(), "Prod");
        stage.Node.SetContext("lading:env", "prod");
        var stack = CdkProject.Stack(stage);
        CdkProject.Task(stack, "web");

        Assert.Equal([InAccount("222222222222", "web", A)], CdkProject.Images(stack));
    }

    [Fact]
    public void The_variable_names_the_environment_too()
    {
        project.WriteLock("prod");
        project.Variables["LADING_ENV"] = "prod";

        var stack = CdkProject.Stack(project.App());
        CdkProject.Task(stack, "web");

        Assert.Equal([InAccount("222222222222", "web", A)], CdkProject.Images(stack));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("999999999999")]
    public void A_locally_published_image_is_rendered_in_the_stacks_own_registry(string? account)
    {
        project.WriteLock("local");

        var stack = CdkProject.Stack(project.App(), account);
        CdkProject.Task(stack, "web");

        Assert.Equal([InOwnAccount("web", A)], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void The_execution_role_may_pull_from_this_repository_alone()
    {
        project.WriteLock("dev");

        var stack = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(stack, "web");

        using var template = CdkProject.Json(stack);
        var policy = Assert.Single(
            template.RootElement.GetProperty("Resources").EnumerateObject(),
            each => each.Value.GetProperty("Type").GetString() == "AWS::IAM::Policy"
        );
        Assert.Contains("ExecutionRole", policy.Name, StringComparison.Ordinal);
        Assert.Equal(
            """
            [{"Action":["ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage"],"Effect":"Allow","Resource":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ecr:ap-northeast-1:111111111111:repository/storefront/web"]]}},{"Action":"ecr:GetAuthorizationToken","Effect":"Allow","Resource":"*"}]
            """,
            policy.Value.GetProperty("Properties").GetProperty("PolicyDocument").GetProperty("Statement").GetRawText()
        );
    }

    [Fact]
    public void In_the_stacks_own_registry_the_permission_names_no_account_either()
    {
        project.WriteLock("local");

        var stack = CdkProject.Stack(project.App(), "111111111111".Replace('1', '9'));
        CdkProject.Task(stack, "web");

        using var template = CdkProject.Json(stack);
        Assert.Contains(
            """{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":ecr:",{"Ref":"AWS::Region"},":",{"Ref":"AWS::AccountId"},":repository/storefront/web"]]}""",
            template.RootElement.GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_registry_other_than_ECR_is_named_as_it_is_and_needs_no_policy()
    {
        project.Write(
            "lading.json",
            """
            {
              "project": "storefront",
              "images": { "web": { "context": "web" } },
              "environments": { "lab": { "registry": "registry.example.com" } }
            }
            """
        );
        project.WriteLock("lab", images: "web");

        var stack = CdkProject.Stack(project.App(("lading:env", "lab")));
        CdkProject.Task(stack, "web");

        Assert.Equal([$"\"registry.example.com/storefront/web@{A}\""], CdkProject.Images(stack));
        using var template = CdkProject.Json(stack);
        Assert.DoesNotContain("AWS::IAM::Policy", template.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lading:lock", "pins/images.json")]
    [InlineData("lading:lock", "pins")]
    [InlineData("LADING_LOCK", "pins/images.json")]
    public void The_lock_may_be_elsewhere(string key, string path)
    {
        project.WriteLock("dev", path: path == "pins" ? "pins/dev.lock.json" : path);
        project.Variables["LADING_LOCK"] = key == "LADING_LOCK" ? path : "nowhere.json";

        var app = key == "LADING_LOCK" ? project.App() : project.App((key, path));
        var stack = CdkProject.Stack(app, "111111111111");
        CdkProject.Task(stack, "web");

        Assert.Equal([InAccount("111111111111", "web", A)], CdkProject.Images(stack));
    }

    [Fact]
    public void The_lock_is_read_once_per_app()
    {
        project.WriteLock("dev");
        var app = project.App();
        var one = CdkProject.Stack(new Stage(app, "One"), "111111111111");
        CdkProject.Task(one, "web");
        project.WriteLock("dev", digits: "cd");
        var two = CdkProject.Stack(new Stage(app, "Two"), "111111111111");
        CdkProject.Task(two, "web");

        Assert.Equal(CdkProject.Images(one), CdkProject.Images(two));

        // The next app in this process reads the lock again.
        var next = CdkProject.Stack(project.App(), "111111111111");
        CdkProject.Task(next, "web");
        Assert.NotEqual(CdkProject.Images(one), CdkProject.Images(next));
    }

    [Fact]
    public void Containers_of_every_kind_of_task_and_of_nested_stacks_are_pinned()
    {
        project.WriteLock("dev");
        var stack = CdkProject.Stack(project.App(), "111111111111");
        var nested = new NestedStack(stack, "Nested");
        CdkProject.Task(nested, "web", "worker");
        var sidecar = new ContainerDefinitionOptions { Image = new LadingImage("web"), MemoryLimitMiB = 128 };
        new Ec2TaskDefinition(stack, "Ec2").AddContainer("sidecar", sidecar);
        new ExternalTaskDefinition(stack, "External").AddContainer("sidecar", sidecar);

        Assert.Equal(
            [InAccount("111111111111", "web", A), InAccount("111111111111", "web", A)],
            CdkProject.Images(stack)
        );
        Assert.Equal(
            [InAccount("111111111111", "web", A), InAccount("111111111111", "worker", B)],
            CdkProject.Images(nested)
        );
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void The_patterns_of_CDK_accept_it_like_any_image()
    {
        project.WriteLock("local");
        var stack = CdkProject.Stack(project.App());
        _ = new ApplicationLoadBalancedFargateService(
            stack,
            "Balanced",
            new ApplicationLoadBalancedFargateServiceProps
            {
                TaskImageOptions = new ApplicationLoadBalancedTaskImageOptions { Image = new LadingImage("web") },
            }
        );
        _ = new ScheduledFargateTask(
            stack,
            "Nightly",
            new ScheduledFargateTaskProps
            {
                Schedule = Schedule.Rate(Duration.Days(1)),
                ScheduledFargateTaskImageOptions = new ScheduledFargateTaskImageOptions
                {
                    Image = new LadingImage("worker"),
                },
            }
        );

        Assert.Equal([InOwnAccount("web", A), InOwnAccount("worker", B)], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void Two_syntheses_give_the_same_bytes()
    {
        project.WriteLock("dev");

        string Synthesize()
        {
            var stack = CdkProject.Stack(project.App(), "111111111111");
            CdkProject.Task(stack, "web", "worker");
            using var template = CdkProject.Json(stack);
            return template.RootElement.GetRawText();
        }

        Assert.Equal(Synthesize(), Synthesize());
    }

    private static string InAccount(string account, string name, string digest) =>
        $$"""{"Fn::Join":["",["{{account}}.dkr.ecr.ap-northeast-1.",{"Ref":"AWS::URLSuffix"},"/storefront/{{name}}@{{digest}}"]]}""";

    private static string InOwnAccount(string name, string digest) =>
        $$"""{"Fn::Join":["",[{"Ref":"AWS::AccountId"},".dkr.ecr.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"},"/storefront/{{name}}@{{digest}}"]]}""";
}
