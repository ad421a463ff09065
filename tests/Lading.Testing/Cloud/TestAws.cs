using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.CodeDeploy;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Trail;
using Lading.Testing.Cloud.Workloads;

namespace Lading.Testing.Cloud;

/// <summary>
/// An in-process AWS account whose time the test controls: ECS, stacks of services, their records and images. It
/// answers as an HTTP message handler, without sockets, so that thousands of steps take seconds.
/// </summary>
internal sealed class TestAws(string account, string region, DateTimeOffset start) : HttpMessageHandler
{
    private readonly TestImages images = new(account, region);
    private TestStacks? stacks;
    private StacksApi? stacksApi;
    private EcsApi? ecsApi;
    private WorkloadsApi? workloadsApi;
    private TestCodeDeploy? codeDeploy;

    /// <summary>Every operation that is answered here, as policies name it.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        .. EcsApi.Operations,
        .. StacksApi.Operations,
        .. WorkloadsApi.Operations,
        .. OtherImagesApi.Operations,
        .. TestTrail.Operations,
        .. TestCodeDeploy.Operations,
        .. TestImages.Operations,
        .. TestIam.Operations,
        "ecr:GetAuthorizationToken",
        "sts:GetCallerIdentity",
    ];

    public TestEcs Ecs { get; } = new(account, region, start);

    public EcsApi EcsApi => ecsApi ??= new EcsApi(Ecs);

    public TestStacks Stacks => stacks ??= new TestStacks(Ecs);

    public StacksApi StacksApi => stacksApi ??= new StacksApi(Stacks, Buckets);

    public TestBuckets Buckets { get; } = new(account);

    /// <summary>Who may do what.</summary>
    public TestRoles Roles { get; } = new(account);

    /// <summary>IAM's roles and policies.</summary>
    public TestIam Iam { get; } = new();

    /// <summary>How far AWS's clock is ahead of this machine's; null if AWS has the time of its ECS.</summary>
    public TimeSpan? Skew { get; set; }

    /// <summary>Functions, rules, schedules and job definitions.</summary>
    public TestWorkloads Workloads { get; } = new();

    public WorkloadsApi WorkloadsApi => workloadsApi ??= new WorkloadsApi(Workloads, Ecs);

    /// <summary>App Runner, SageMaker, CodeBuild and Step Functions.</summary>
    public OtherImagesApi OtherImages { get; } = new(account, region);

    public TestCodeDeploy CodeDeploy => codeDeploy ??= new TestCodeDeploy(Ecs);

    /// <summary>What CloudTrail recorded.</summary>
    public TestTrail Trail { get; } = new();

    /// <summary>The images in its ECR: tags by repository and digest.</summary>
    public Dictionary<(string Repository, string Digest), List<string>> Images => images.All;

    /// <summary>The ECR itself.</summary>
    public TestImages Ecr => images;

    /// <summary>Manifests and configurations as the distribution protocol serves them, by digest.</summary>
    public Dictionary<string, byte[]> Content { get; } = new(StringComparer.Ordinal);

    /// <summary>The address of the distribution protocol; null if it is not served.</summary>
    public string? Registry { get; set; }

    /// <summary>The manifests of indexes, by digest.</summary>
    public Dictionary<string, string> Indexes => images.Indexes;

    /// <summary>Whether the caller is denied access to its ECR.</summary>
    public bool AreImagesDenied
    {
        get => images.IsDenied;
        set => images.IsDenied = value;
    }

    /// <summary>Digests that must be restored before they can be pulled.</summary>
    public HashSet<string> Archived => images.Archived;

    /// <summary>Every call, in order: <c>ecs:DescribeTasks</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How long each call takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How stale the answers of ECS may be.</summary>
    public LateAnswers Late { get; } = new();

    /// <summary>Throttles ECS and CloudFormation; null for no limits.</summary>
    public RequestRates? Rates { get; set; }

    /// <summary>How many more calls of an operation are throttled, regardless of the rate.</summary>
    public Dictionary<string, int> Throttled { get; } = new(StringComparer.Ordinal);

    /// <summary>The host of its ECR.</summary>
    public string Host => $"{account}.dkr.ecr.{region}.amazonaws.com";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, cancellationToken);
        }

        var authorization = request.Headers.TryGetValues("Authorization", out var values) ? values.Single() : "";
        var service = authorization.Split('/') is { Length: > 3 } scope ? scope[3] : "";
        var target = request.Headers.TryGetValues("X-Amz-Target", out var targets)
            ? targets.Single().Split('.')[^1]
            : WorkloadsApi.OperationOf(service, request.Method.Method, request.RequestUri!.AbsolutePath);
        var path = request.RequestUri!.AbsolutePath;
        var key = authorization.Split("Credential=") is [_, var credential] ? credential.Split('/')[0] : "";
        var operation =
            service == "s3"
                ? TestBuckets.OperationOf(request.Method.Method, path)
                : target ?? Pairs(body).GetValueOrDefault("Action") ?? "";
        if (authorization.Length == 0)
        {
            // What every AWS service answers to an unsigned request, with the date.
            return Message(
                403,
                "<ErrorResponse><Error><Code>MissingAuthenticationToken</Code></Error></ErrorResponse>",
                "text/xml"
            );
        }

        lock (Ecs)
        {
            if (Roles.Refuses(key, $"{service}:{operation}"))
            {
                Calls.Enqueue($"{service}:{operation}");
                return target is null
                    ? Message(
                        403,
                        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>",
                        "text/xml"
                    )
                    : Message(
                        400,
                        """{"__type":"AccessDeniedException","message":"not authorized"}""",
                        "application/x-amz-json-1.1"
                    );
            }

            if (service == "s3")
            {
                Calls.Enqueue($"s3:{operation}");
                var owner = request.Headers.TryGetValues("x-amz-expected-bucket-owner", out var owners)
                    ? owners.Single()
                    : null;
                var (status, text) = Buckets.Answer(
                    request.Method.Method,
                    path,
                    owner,
                    body,
                    Roles.May(key, "s3:ListBucket")
                );
                return Message(status, text, "application/xml");
            }

            return target is null ? AnswerForm(service, body) : AnswerJson(service, target, request.RequestUri!, body);
        }
    }

    private HttpResponseMessage AnswerForm(string service, string body)
    {
        var form = Pairs(body);
        var operation = form.GetValueOrDefault("Action") ?? "";
        Calls.Enqueue($"{service}:{operation}");
        if (IsTooMany(service, operation))
        {
            return Message(
                400,
                "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>",
                "text/xml"
            );
        }

        var (status, text) =
            operation == "AssumeRole" ? Roles.Assume(form["RoleArn"])
            : service == "iam" ? Iam.Answer(operation, form)
            : service == "sts"
                ? (
                    200,
                    $"<GetCallerIdentityResponse><GetCallerIdentityResult><UserId>test</UserId><Arn>arn:aws:iam::{account}:user/test</Arn><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                )
            : StacksApi.Answer(operation, form);
        return Message(status, text, "text/xml");
    }

    private HttpResponseMessage AnswerJson(string service, string operation, Uri address, string body)
    {
        var action = $"{service}:{operation}";
        Calls.Enqueue(action);
        using var input = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        var root = input.RootElement;
        if (IsTooMany(service, operation))
        {
            return Message(
                400,
                """{"__type":"ThrottlingException","message":"Rate exceeded"}""",
                "application/x-amz-json-1.1"
            );
        }

        var (status, answer) = service switch
        {
            _ when !Operations.Contains(action, StringComparer.Ordinal) => (
                400,
                new JsonObject { ["__type"] = "UnknownOperationException" }
            ),
            "ecs" => Late.Answer($"{operation} {body}", Ecs.Now, () => EcsApi.Answer(operation, root)),
            "ssm" => StacksApi.Parameters.Answer(operation, root),
            "ecr" when operation == "GetAuthorizationToken" => (200, TestImages.Login(Registry ?? $"https://{Host}")),
            "ecr" => images.Answer(operation, root),
            "cloudtrail" => Trail.Answer(root),
            "apprunner" or "sagemaker" or "codebuild" or "states" => OtherImages.Answer(action, root),
            "codedeploy" => CodeDeploy.Answer(operation, root),
            _ => WorkloadsApi.Answer(action, address.AbsolutePath, Pairs(address.Query.TrimStart('?')), root),
        };
        return Message(status, answer.ToJsonString(), "application/x-amz-json-1.1");
    }

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split('&')
            .Select(pair => pair.Split('='))
            .Where(pair => pair.Length == 2)
            .ToDictionary(
                pair => Uri.UnescapeDataString(pair[0]),
                pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')),
                StringComparer.Ordinal
            );

    private bool IsTooMany(string service, string operation)
    {
        if (Throttled.GetValueOrDefault(operation) is > 0 and var left)
        {
            Throttled[operation] = left - 1;
            return true;
        }

        return Rates?.TryTake(service, operation) == false;
    }

    private static HttpResponseMessage Message(int status, string body, string type)
    {
        var message = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        if (
            status != 200
            && !type.EndsWith("xml", StringComparison.Ordinal)
            && JsonNode.Parse(body)?["__type"]?.GetValue<string>() is { } error
        )
        {
            // The REST protocols name the error in a header.
            message.Headers.TryAddWithoutValidation("x-amzn-ErrorType", error);
        }

        return message;
    }
}
