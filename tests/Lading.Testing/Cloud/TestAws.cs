using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Testing.Cloud;

/// <summary>
/// An account of AWS within the process, driven by time that the test holds: ECS, stacks of services, their records and images.
/// It answers as a handler of HTTP, without sockets, so that thousands of steps take seconds.
/// </summary>
internal sealed class TestAws(string account, string region, DateTimeOffset start) : HttpMessageHandler
{
    private TestStacks? stacks;
    private StacksApi? stacksApi;
    private EcsApi? ecsApi;

    public TestEcs Ecs { get; } = new(account, region, start);

    public EcsApi EcsApi => ecsApi ??= new EcsApi(Ecs);

    public TestStacks Stacks => stacks ??= new TestStacks(Ecs);

    public StacksApi StacksApi => stacksApi ??= new StacksApi(Stacks);

    /// <summary>What its ECR has: tags by repository and digest.</summary>
    public Dictionary<(string Repository, string Digest), List<string>> Images { get; } = [];

    /// <summary>The digests of images that are archived.</summary>
    public HashSet<string> Archived { get; } = new(StringComparer.Ordinal);

    /// <summary>Manifests and configurations as the distribution protocol gives them out, by digest.</summary>
    public Dictionary<string, byte[]> Content { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the distribution protocol is spoken; null if it is not.</summary>
    public string? Registry { get; set; }

    /// <summary>The manifests of indexes, by digest.</summary>
    public Dictionary<string, string> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call, in turn: <c>ecs:DescribeTasks</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>How long each call takes.</summary>
    public TimeSpan Latency { get; set; }

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
            : null;
        lock (Ecs)
        {
            return target is null ? AnswerForm(service, body) : AnswerJson(service, target, body);
        }
    }

    private HttpResponseMessage AnswerForm(string service, string body)
    {
        var form = body.Split('&')
            .Select(pair => pair.Split('='))
            .Where(pair => pair.Length == 2)
            .ToDictionary(
                pair => Uri.UnescapeDataString(pair[0]),
                pair => Uri.UnescapeDataString(pair[1]),
                StringComparer.Ordinal
            );
        var operation = form.GetValueOrDefault("Action") ?? "";
        Calls.Enqueue($"{service}:{operation}");
        var (status, text) =
            service == "sts"
                ? (
                    200,
                    $"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::{account}:user/test</Arn><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
                )
                : StacksApi.Answer(operation, form);
        return Message(status, text, "text/xml");
    }

    private HttpResponseMessage AnswerJson(string service, string operation, string body)
    {
        Calls.Enqueue($"{service}:{operation}");
        using var input = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        var (status, answer) = service switch
        {
            "ecs" => EcsApi.Answer(operation, input.RootElement),
            "ssm" => StacksApi.Answer(operation, input.RootElement),
            "ecr" => AnswerEcr(operation, input.RootElement),
            _ => (400, new JsonObject { ["__type"] = "UnknownOperationException" }),
        };
        return Message(status, answer.ToJsonString(), "application/x-amz-json-1.1");
    }

    private (int Status, JsonObject Body) AnswerEcr(string operation, JsonElement input)
    {
        if (operation == "GetAuthorizationToken")
        {
            return (200, Login());
        }

        var repository = input.GetProperty("repositoryName").GetString()!;
        var ids = input.TryGetProperty("imageIds", out var given) ? given.EnumerateArray().ToList() : [];
        var found = ids.Select(id =>
                Images
                    .Where(image => image.Key.Repository == repository)
                    .FirstOrDefault(image =>
                        id.TryGetProperty("imageDigest", out var digest)
                            ? image.Key.Digest == digest.GetString()
                            : image.Value.Contains(id.GetProperty("imageTag").GetString()!, StringComparer.Ordinal)
                    )
            )
            .ToList();
        if (operation == "BatchGetImage")
        {
            return (
                200,
                new JsonObject
                {
                    ["images"] = new JsonArray([
                        .. found
                            .Where(image => image.Value is not null)
                            .Select(image =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["imageId"] = new JsonObject { ["imageDigest"] = image.Key.Digest },
                                        ["imageManifest"] = Indexes.GetValueOrDefault(image.Key.Digest, "{}"),
                                    }
                            ),
                    ]),
                    ["failures"] = new JsonArray(),
                }
            );
        }

        if (found.Exists(image => image.Value is null))
        {
            return (
                400,
                new JsonObject { ["__type"] = "ImageNotFoundException", ["message"] = "an image is not there" }
            );
        }

        return (
            200,
            new JsonObject
            {
                ["imageDetails"] = new JsonArray([
                    .. found
                        .Distinct()
                        .Select(image =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["imageDigest"] = image.Key.Digest,
                                    ["imageTags"] = new JsonArray([
                                        .. image.Value.Select(tag => (JsonNode)JsonValue.Create(tag)),
                                    ]),
                                    ["imageStatus"] = Archived.Contains(image.Key.Digest) ? "ARCHIVED" : "ACTIVE",
                                    ["imageManifestMediaType"] = Indexes.ContainsKey(image.Key.Digest)
                                        ? "application/vnd.oci.image.index.v1+json"
                                        : "application/vnd.oci.image.manifest.v1+json",
                                }
                        ),
                ]),
            }
        );
    }

    /// <summary>A login for 12 hours (ECR API reference, GetAuthorizationToken).</summary>
    private JsonObject Login() =>
        new()
        {
            ["authorizationData"] = new JsonArray(
                new JsonObject
                {
                    ["authorizationToken"] = Convert.ToBase64String("AWS:testing"u8),
                    ["expiresAt"] = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(12)).ToUnixTimeSeconds(),
                    ["proxyEndpoint"] = Registry ?? $"https://{Host}",
                }
            ),
        };

    private static HttpResponseMessage Message(int status, string body, string type) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
}
