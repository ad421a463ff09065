using System.Text.Json;
using Lading.Aws;
using Lading.Aws.Protocols;
using Lading.Http;
using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary>The three protocols of AWS's services and the one pager around them, against a stand-in for AWS.</summary>
public sealed class SpeakingToAws(MotoServer moto) : IAsyncLifetime
{
    private readonly HttpConnections http = HttpConnections.Create(ProxyResolver.None);
    private readonly string run = $"lading-{Guid.NewGuid():N}";
    private AwsSession session = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = (await moto.RequireAsync()).ToString(),
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
        };
        var settings = new AwsSettings
        {
            Environment = "dev",
            Account = "123456789012",
            Region = "eu-west-1",
            Variable = variables.GetValueOrDefault,
        };
        session = new AwsSession(
            settings,
            http,
            new RetrySchedule(TimeProvider.System, new Random(1)),
            [settings.Account]
        );
    }

    public ValueTask DisposeAsync()
    {
        session?.Dispose();
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_account_is_read_by_the_query_protocol() => await session.EnsureAccountAsync(Cancelled);

    [Fact]
    public async Task Another_account_is_refused_before_anything_is_read()
    {
        using var other = new AwsSession(session.Settings, http, session.Schedule, ["210987654321"]);

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            other.ReadAsync(new DescribeStacks(null), Cancelled)
        );

        Assert.Contains("belongs to account 123456789012", failure.CameBack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stacks_are_read_by_the_query_protocol_and_a_missing_one_is_an_error()
    {
        await session.WriteAsync(new CreateStack(run), Cancelled);

        var stacks = await session.ReadAsync(new DescribeStacks(run), Cancelled);
        var missing = await Assert.ThrowsAsync<AwsException>(() =>
            session.ReadAsync(new DescribeStacks(run + "-not-there"), Cancelled)
        );

        Assert.Equal([run], stacks.Items);
        Assert.Equal("ValidationError", missing.Error.Code);
    }

    [Fact]
    public async Task A_listing_is_read_page_by_page_in_JSON()
    {
        for (var i = 0; i < 5; i++)
        {
            await session.WriteAsync(new PutParameter($"/{run}/{i}"), Cancelled);
        }

        var found = new List<string>();
        await foreach (var name in session.ListAsync(next => new GetParametersByPath($"/{run}", next), Cancelled))
        {
            found.Add(name);
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"/{run}/{i}"), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Functions_are_read_by_the_REST_protocol()
    {
        var page = await session.ReadAsync(new ListFunctions(), Cancelled);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    private sealed record CreateStack(string StackName) : QueryOperation<bool>(AwsService.CloudFormation)
    {
        public override string Attempted => $"Could not create stack {StackName}";

        protected override void Write(QueryForm form) =>
            form.Add("StackName", StackName)
                .Add("TemplateBody", """{"Resources":{"Wait":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}""")
                .AddAll("Capabilities", ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]);

        protected override bool Read(QueryAnswer result) => result.GetText("StackId").Length > 0;
    }

    private sealed record DescribeStacks(string? StackName) : QueryOperation<AwsPage<string>>(AwsService.CloudFormation)
    {
        public override string Attempted => "Could not look for stacks";

        public override IReadOnlyCollection<string> Expected => ["ValidationError"];

        protected override void Write(QueryForm form) => form.Add("StackName", StackName);

        protected override AwsPage<string> Read(QueryAnswer result) =>
            new(
                [.. result.Members("Stacks").Select(stack => stack.GetText("StackName"))],
                result.FindText("NextToken")
            );
    }

    private sealed record PutParameter(string Parameter) : JsonOperation<bool>(AwsService.Ssm)
    {
        public override string Attempted => $"Could not put {Parameter}";

        protected override void Write(Utf8JsonWriter json)
        {
            json.WriteString("Name", Parameter);
            json.WriteString("Value", "1");
            json.WriteString("Type", "String");
        }

        protected override bool Read(JsonElement answer) => answer.GetProperty("Version").GetInt32() == 1;
    }

    private sealed record GetParametersByPath(string Path, string? Next)
        : JsonOperation<AwsPage<string>>(AwsService.Ssm)
    {
        public override string Attempted => $"Could not list {Path}";

        protected override void Write(Utf8JsonWriter json)
        {
            json.WriteString(nameof(Path), Path);
            json.WriteNumber("MaxResults", 2);
            if (Next is not null)
            {
                json.WriteString("NextToken", Next);
            }
        }

        protected override AwsPage<string> Read(JsonElement answer) =>
            new(
                [
                    .. answer
                        .GetProperty("Parameters")
                        .EnumerateArray()
                        .Select(each => each.GetProperty("Name").GetString()!),
                ],
                answer.TryGetProperty("NextToken", out var next) ? next.GetString() : null
            );
    }

    private sealed record ListFunctions()
        : RestOperation<AwsPage<string>>(AwsService.Lambda, HttpMethod.Get, "/2015-03-31/functions/")
    {
        public override string Attempted => "Could not list functions";

        protected override IReadOnlyList<KeyValuePair<string, string>> Query => [new("MaxItems", "50")];

        protected override AwsPage<string> Read(JsonElement answer) =>
            new(
                [
                    .. answer
                        .GetProperty("Functions")
                        .EnumerateArray()
                        .Select(each => each.GetProperty("FunctionName").GetString()!),
                ],
                answer.TryGetProperty("NextMarker", out var next) ? next.GetString() : null
            );
    }
}
