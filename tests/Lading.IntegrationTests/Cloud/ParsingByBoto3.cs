using System.Text;
using System.Text.Json.Nodes;
using Lading.Processes;
using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.IntegrationTests.Cloud;

/// <summary>
/// The answers of the stand-ins for ECS and its neighbours have the shapes of AWS: boto3 parses each by the model of
/// its service.
/// </summary>
public sealed class ParsingByBoto3
{
    private readonly JsonArray calls = [];

    [Fact]
    public async Task Every_answer_of_the_stand_ins_matches_the_models()
    {
        await Requires.MotoAsync();
        using var aws = BusyAccount.Create();
        AskEcs(aws);
        AskStacks(aws);
        AskChangeSets(aws);
        AskOthers(aws);
        AskWhoUsesImages();
        AskRoles(aws);
        AskCodeDeploy(aws);

        var said = await RunAsync(aws);

        Assert.Equal($"{calls.Count} answers", said);
        Assert.Equal(
            TestAws.Operations.Order(StringComparer.Ordinal),
            aws.Calls.Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_member_unknown_to_the_model_or_of_another_type_is_found()
    {
        await Requires.MotoAsync();
        using var aws = BusyAccount.Create();
        Ask(
            "ecs",
            "DescribeServices",
            Input(("cluster", aws.Ecs.Clusters.Single()), ("services", Names(aws.Ecs.Services[0].Arn)))
        );
        aws.EcsApi.Change = (_, answer) =>
        {
            answer["services"]![0]!["isNew"] = true;
            answer["services"]![0]!["desiredCount"] = "two";
            answer["services"]![0]!["deploymentController"]!["type"] = "NONE";
        };

        var said = await RunAsync(aws);

        Assert.Contains("services[0].isNew: the model has no such member\n", said, StringComparison.Ordinal);
        Assert.Contains("services[0].desiredCount: 'two' is not a number\n", said, StringComparison.Ordinal);
        Assert.Contains("deploymentController.type: 'NONE' is not among", said, StringComparison.Ordinal);
    }

    private void AskEcs(TestAws aws)
    {
        var cluster = aws.Ecs.Clusters.Single();
        var tasks = aws.Ecs.Services.SelectMany(service => service.Tasks).Concat(aws.Ecs.Tasks).ToList();
        Ask("ecs", "ListClusters", Input(("maxResults", 1)));
        Ask("ecs", "ListServices", Input(("cluster", cluster), ("maxResults", 2)));
        Ask("ecs", "ListServices", Input(("cluster", "nowhere")), "ClusterNotFoundException");
        foreach (var status in new[] { "RUNNING", "STOPPED" })
        {
            Ask("ecs", "ListTasks", Input(("cluster", cluster), ("desiredStatus", status)));
        }

        Ask(
            "ecs",
            "DescribeServices",
            Input(
                ("cluster", cluster),
                ("services", Names([.. aws.Ecs.Services.Select(service => service.Arn), "gone"])),
                ("include", Names("TAGS"))
            )
        );
        Ask(
            "ecs",
            "DescribeServices",
            Input(("cluster", cluster), ("services", Names([.. Enumerable.Repeat("web", 11)]))),
            "InvalidParameterException"
        );
        foreach (var chunk in tasks.Select(task => task.Arn).Append("gone").Chunk(100))
        {
            Ask("ecs", "DescribeTasks", Input(("cluster", cluster), ("tasks", Names(chunk))));
        }

        foreach (var service in aws.Ecs.Services.Where(service => service.Controller == "ECS"))
        {
            Ask("ecs", "ListServiceDeployments", Input(("service", service.Arn), ("cluster", cluster)));
            foreach (var some in service.Deployments.Chunk(20))
            {
                Ask(
                    "ecs",
                    "DescribeServiceDeployments",
                    Input(("serviceDeploymentArns", Names([.. some.Select(each => each.Arn)])))
                );
                Ask(
                    "ecs",
                    "DescribeServiceRevisions",
                    Input(("serviceRevisionArns", Names([.. some.Select(each => each.Target.Arn)])))
                );
            }
        }

        Ask(
            "ecs",
            "ListServiceDeployments",
            Input(("service", aws.Ecs.Services.Find(each => each.Controller == "EXTERNAL")!.Arn), ("cluster", cluster)),
            "UnsupportedFeatureException"
        );
        foreach (var definition in aws.Ecs.Definitions)
        {
            Ask("ecs", "DescribeTaskDefinition", Input(("taskDefinition", definition.Arn)));
        }

        Ask("ecs", "DescribeTaskDefinition", Input(("taskDefinition", "nothing:1")), "ClientException");
        Ask(
            "ecs",
            "StopServiceDeployment",
            Input(("serviceDeploymentArn", "gone"), ("stopType", "ROLLBACK")),
            "ServiceDeploymentNotFoundException"
        );
    }

    private void AskStacks(TestAws aws)
    {
        Ask("cloudformation", "DescribeStacks", []);
        Ask("cloudformation", "ListExports", []);
        foreach (var stack in aws.Stacks.Stacks.Select(stack => stack.Name))
        {
            Ask("cloudformation", "GetTemplate", Input(("StackName", stack)));
            Ask("cloudformation", "ListStackResources", Input(("StackName", stack)));
            Ask("cloudformation", "DescribeStackEvents", Input(("StackName", stack)));
        }

        Ask("cloudformation", "GetTemplate", Input(("StackName", "Nowhere")), "ValidationError");
        Ask("ssm", "GetParametersByPath", Input(("Path", "/lading"), ("Recursive", true)));
        Ask("ssm", "GetParameterHistory", Input(("Name", "/lading/Shop")));
        Ask("ssm", "GetParameterHistory", Input(("Name", "/lading/Nowhere")), "ParameterNotFound");
        AskLeases();
        Ask("sts", "GetCallerIdentity", []);
    }

    private void AskLeases()
    {
        JsonObject Put(bool overwrite) =>
            Input(("Name", "/lading/Shop/lease"), ("Value", "{}"), ("Type", "String"), ("Overwrite", overwrite));
        Ask("ssm", "PutParameter", Put(false));
        Ask("ssm", "PutParameter", Put(false), "ParameterAlreadyExists");
        Ask("ssm", "PutParameter", Put(true));
        Ask("ssm", "GetParameter", Input(("Name", "/lading/Shop/lease:1")));
        Ask("ssm", "GetParameter", Input(("Name", "/lading/Shop/lease:9")), "ParameterVersionNotFound");
        Ask("ssm", "GetParameter", Input(("Name", "/lading/Nowhere/lease")), "ParameterNotFound");
        Ask("ssm", "DeleteParameter", Input(("Name", "/lading/Shop/lease")));
        Ask("ssm", "DeleteParameter", Input(("Name", "/lading/Shop/lease")), "ParameterNotFound");
    }

    private void AskChangeSets(TestAws aws)
    {
        var stack = aws.Stacks["Shop-Inner"];
        var template = JsonNode.Parse(stack.Text)!;
        template["Resources"]!["Resize"]!["Properties"] = new JsonObject { ["MemorySize"] = 512 };
        foreach (var name in new[] { "one", "two" })
        {
            var id = $"{stack.Id.Replace(":stack/", ":changeSet/", StringComparison.Ordinal)}/{name}";
            Ask(
                "cloudformation",
                "CreateChangeSet",
                Input(
                    ("StackName", stack.Name),
                    ("ChangeSetName", name),
                    ("TemplateBody", template.ToJsonString()),
                    (
                        "Parameters",
                        new JsonArray(new JsonObject { ["ParameterKey"] = "Stage", ["UsePreviousValue"] = true })
                    )
                )
            );
            Ask("cloudformation", "ListChangeSets", Input(("StackName", stack.Name)));
            Ask("cloudformation", "GetTemplate", Input(("StackName", stack.Name), ("ChangeSetName", id)));
            // The change set is ready at the second read.
            Ask("cloudformation", "DescribeChangeSet", Input(("ChangeSetName", id)));
            Ask("cloudformation", "DescribeChangeSet", Input(("ChangeSetName", id)));
            Ask("cloudformation", name == "one" ? "DeleteChangeSet" : "ExecuteChangeSet", Input(("ChangeSetName", id)));
            // One that was executed can still be read.
            Ask(
                "cloudformation",
                "DescribeChangeSet",
                Input(("ChangeSetName", id)),
                name == "one" ? "ChangeSetNotFound" : null
            );
        }

        Ask("cloudformation", "CancelUpdateStack", Input(("StackName", stack.Name)));
        Ask("cloudformation", "CancelUpdateStack", Input(("StackName", stack.Name)), "ValidationError");
    }

    private void AskCodeDeploy(TestAws aws)
    {
        var deployments = aws.CodeDeploy.Deployments;
        var application = deployments[0].Application;
        Ask("codedeploy", "ListApplications", []);
        Ask("codedeploy", "ListDeploymentGroups", Input(("applicationName", application)));
        Ask(
            "codedeploy",
            "ListDeploymentGroups",
            Input(("applicationName", "nothing")),
            "ApplicationDoesNotExistException"
        );
        Ask(
            "codedeploy",
            "BatchGetDeploymentGroups",
            Input(("applicationName", application), ("deploymentGroupNames", Names("group")))
        );
        foreach (var (group, error) in new[] { ("group", null), ("nothing", "DeploymentGroupDoesNotExistException") })
        {
            Ask(
                "codedeploy",
                "ListDeployments",
                Input(
                    ("applicationName", application),
                    ("deploymentGroupName", group),
                    ("createTimeRange", new JsonObject { ["start"] = "2026-11-01T00:00:00Z" })
                ),
                error
            );
        }

        Ask(
            "codedeploy",
            "BatchGetDeployments",
            Input(("deploymentIds", Names([.. deployments.Select(each => each.Id)])))
        );
        Ask(
            "codedeploy",
            "BatchGetDeployments",
            Input(("deploymentIds", Names([.. Enumerable.Range(0, 26).Select(i => $"d-{i}")]))),
            "BatchLimitExceededException"
        );
    }

    private void AskOthers(TestAws aws)
    {
        Ask("lambda", "GetFunction", Input(("FunctionName", "resize")));
        Ask("lambda", "GetFunction", Input(("FunctionName", "nothing")), "ResourceNotFoundException");
        Ask("events", "ListRules", Input(("NamePrefix", "nightly")));
        Ask("events", "ListTargetsByRule", Input(("Rule", "nightly")));
        Ask("events", "ListTargetsByRule", Input(("Rule", "nothing")), "ResourceNotFoundException");
        Ask("scheduler", "GetSchedule", Input(("Name", "hourly"), ("GroupName", "jobs")));
        Ask("scheduler", "GetSchedule", Input(("Name", "hourly")), "ResourceNotFoundException");
        Ask(
            "batch",
            "DescribeJobDefinitions",
            Input(("jobDefinitions", Names([.. aws.Workloads.Jobs.Select(aws.WorkloadsApi.ArnOf)])))
        );
        Ask(
            "cloudtrail",
            "LookupEvents",
            Input(
                (
                    "LookupAttributes",
                    new JsonArray(
                        new JsonObject { ["AttributeKey"] = "EventName", ["AttributeValue"] = "ExecuteChangeSet" }
                    )
                ),
                ("StartTime", "2026-11-01T00:00:00Z")
            )
        );
        Ask("ecr", "GetAuthorizationToken", []);
        var ids = new JsonArray(
            new JsonObject { ["imageDigest"] = BusyAccount.Digest('a') },
            new JsonObject { ["imageDigest"] = BusyAccount.Digest('0') }
        );
        Ask("ecr", "DescribeImages", Input(("repositoryName", "shop/web"), ("imageIds", ids.DeepClone())));
        Ask("ecr", "BatchGetImage", Input(("repositoryName", "shop/web"), ("imageIds", ids)));
        Ask(
            "ecr",
            "DescribeImages",
            Input(
                ("repositoryName", "shop/web"),
                ("imageIds", new JsonArray(new JsonObject { ["imageTag"] = "nothing" }))
            ),
            "ImageNotFoundException"
        );
    }

    /// <summary>What a clean-up asks in addition.</summary>
    private void AskWhoUsesImages()
    {
        Ask("ecs", "ListTaskDefinitions", Input(("status", "ACTIVE"), ("maxResults", 100)));
        Ask("ecs", "ListTaskDefinitions", Input(("status", "INACTIVE")));
        Ask("lambda", "ListFunctions", Input(("FunctionVersion", "ALL")));
        Ask("events", "ListEventBuses", Input(("Limit", 100)));
        Ask("scheduler", "ListSchedules", Input(("MaxResults", 100)));
        Ask("batch", "DescribeJobDefinitions", Input(("status", "ACTIVE")));
        Ask("batch", "DescribeJobQueues", []);
        Ask("batch", "ListJobs", Input(("jobQueue", "main"), ("jobStatus", "RUNNABLE")));
        Ask("batch", "DescribeJobs", Input(("jobs", Names(["id-of-render"]))));
        Ask("apprunner", "ListServices", []);
        Ask(
            "apprunner",
            "DescribeService",
            Input(("ServiceArn", "arn:aws:apprunner:eu-central-1:222222222222:service/site"))
        );
        Ask("sagemaker", "ListModels", []);
        Ask("sagemaker", "DescribeModel", Input(("ModelName", "taste")));
        Ask("codebuild", "ListProjects", []);
        Ask("codebuild", "BatchGetProjects", Input(("names", Names("ci"))));
        const string Machine = "arn:aws:states:eu-central-1:222222222222:stateMachine:orders";
        Ask("stepfunctions", "ListStateMachines", []);
        Ask("stepfunctions", "ListStateMachineVersions", Input(("stateMachineArn", Machine)));
        Ask("stepfunctions", "DescribeStateMachine", Input(("stateMachineArn", $"{Machine}:1")));
        Ask("ecr", "DescribeRepositories", Input(("maxResults", 1000)));
        Ask("ecr", "DescribeImages", Input(("repositoryName", "shop/web"), ("maxResults", 2)));
        Ask("ecr", "DescribeRegistry", []);
        Ask("ecr", "ListPullTimeUpdateExclusions", []);
        Ask("ecr", "GetRegistryPolicy", [], "RegistryPolicyNotFoundException");
        Ask("ecr", "GetRepositoryPolicy", Input(("repositoryName", "shop/web")));
        Ask("ecr", "GetRepositoryPolicy", Input(("repositoryName", "other")), "RepositoryPolicyNotFoundException");
    }

    private void AskRoles(TestAws aws)
    {
        const string Policy = "arn:aws:iam::222222222222:policy/pull";
        const string Text = """{"Version":"2012-10-17","Statement":[]}""";
        aws.Iam.Roles["web"] = new()
        {
            Simulated = { "ecr:BatchGetImage" },
            Managed = { [Policy] = Text },
            Own = { ["own"] = Text },
        };
        Ask("iam", "GetRole", Input(("RoleName", "web")));
        Ask("iam", "GetRole", Input(("RoleName", "nothing")), "NoSuchEntity");
        Ask("iam", "ListAttachedRolePolicies", Input(("RoleName", "web")));
        Ask("iam", "GetPolicy", Input(("PolicyArn", Policy)));
        Ask("iam", "GetPolicyVersion", Input(("PolicyArn", Policy), ("VersionId", "v3")));
        Ask("iam", "ListRolePolicies", Input(("RoleName", "web")));
        Ask("iam", "GetRolePolicy", Input(("RoleName", "web"), ("PolicyName", "own")));
        Ask(
            "iam",
            "SimulatePrincipalPolicy",
            Input(
                ("PolicySourceArn", "arn:aws:iam::222222222222:role/web"),
                ("ActionNames", Names("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")),
                ("ResourceArns", Names("arn:aws:ecr:eu-central-1:222222222222:repository/shop/web"))
            )
        );
        Ask("ecr", "GetLifecyclePolicy", Input(("repositoryName", "shop/web")), "LifecyclePolicyNotFoundException");
    }

    private async Task<string> RunAsync(TestAws aws)
    {
        await using var server = await TestAwsServer.StartAsync(aws, BusyAccount.Region);
        var question = new JsonObject
        {
            ["endpoint"] = server.Variables["AWS_ENDPOINT_URL"],
            ["region"] = BusyAccount.Region,
            ["calls"] = calls.DeepClone(),
        };
        var script = SourceTree.PathOf("tests/Lading.IntegrationTests/Cloud/answers.py");
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("python3", script)
            {
                Environment = server.Variables.ToDictionary(
                    each => each.Key,
                    each => (string?)each.Value,
                    StringComparer.Ordinal
                ),
            },
            Encoding.UTF8.GetBytes(question.ToJsonString()),
            TestContext.Current.CancellationToken
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Text.Trim();
    }

    private void Ask(string service, string operation, JsonObject input, string? error = null)
    {
        var call = new JsonObject
        {
            ["service"] = service,
            ["operation"] = operation,
            ["input"] = input,
        };
        if (error is not null)
        {
            call["error"] = error;
        }

        calls.Add((JsonNode)call);
    }

    private static JsonObject Input(params (string Name, JsonNode Value)[] members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value)));

    private static JsonArray Names(params IReadOnlyList<string> names) =>
        new([.. names.Select(name => (JsonNode)JsonValue.Create(name))]);
}
