using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Lading.Testing.Faults;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.IntegrationTests.Aws;

/// <summary>
/// Answers as STS, ECR, IAM Identity Center, containers and machines do, and records who asked with which keys. The key
/// of a role contains the role's name: <c>ASIAdeploy</c>.
/// </summary>
internal sealed partial class AnsweringAws : IAsyncDisposable
{
    /// <summary>The outcome if nobody got as far as asking for the caller's identity.</summary>
    public const string Refused = "refused";

    private static readonly string[] Told = ["DurationSeconds", "ExternalId", "RoleSessionName", "SerialNumber"];

    private readonly FaultServer server;
    private readonly ConcurrentQueue<string> roles = [];
    private readonly ConcurrentQueue<string> keys = [];
    private string? caller;

    private AnsweringAws(FaultServer server) => this.server = server;

    public required string Address { get; init; }

    /// <summary>The outcome: the key that asked for the caller's identity, and how it was obtained.</summary>
    public string Outcome => caller is null ? Refused : string.Join(' ', [caller, .. roles]);

    /// <summary>The keys of all requests that were signed.</summary>
    public IReadOnlyList<string> Keys => [.. keys];

    /// <summary>Starts it.</summary>
    /// <param name="certificate">Speaks TLS with it; plain HTTP if null.</param>
    public static async Task<AnsweringAws> StartAsync(X509Certificate2? certificate = null)
    {
        var server = await FaultServer.StartAsync(certificate: certificate);
        var aws = new AnsweringAws(server) { Address = $"{(certificate is null ? "http" : "https")}://{server.Host}" };
        aws.server.On("*", "/", e => e.AnswerAsync(404));
        aws.server.On(
            "GET",
            "/keys",
            e => e.AnswerAsync(200, Place("PLACE", "AccessKeyId", "SecretAccessKey", "Token"))
        );
        aws.server.On("PUT", "/latest/api/token", e => e.AnswerAsync(200, "token"));
        aws.server.On("GET", "/security-credentials/", e => e.AnswerAsync(200, "PLACE"));
        aws.server.On(
            "GET",
            "/security-credentials/PLACE",
            e => e.AnswerAsync(200, Place("PLACE", "AccessKeyId", "SecretAccessKey", "Token"))
        );
        aws.server.On(
            "GET",
            "/federation/credentials",
            e =>
                e.AnswerAsync(
                    200,
                    $$$"""{"roleCredentials":{"accessKeyId":"ASIA{{{e.Request.Query["role_name"]}}}","secretAccessKey":"s","sessionToken":"t","expiration":7226582400000}}"""
                )
        );
        aws.server.On("POST", "/", aws.AnswerAsync);
        return aws;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(FaultedRequest e)
    {
        using var reader = new StreamReader(e.Request.Body);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
        var scope = Scope().Match(e.Request.Headers.Authorization.ToString());
        var key = scope.Success ? scope.Groups["key"].Value : "nobody";
        if (scope.Success)
        {
            keys.Enqueue(key);
        }

        var action = form.GetValueOrDefault("Action").ToString();
        if (action.StartsWith("AssumeRole", StringComparison.Ordinal))
        {
            var role = form["RoleArn"].ToString().Split('/')[^1];
            var told = Told.Where(form.ContainsKey).Select(name => $"{name}={form[name]}");
            roles.Enqueue(string.Join(' ', [action, "by", key, .. told.Where(IsSet)]));
            await e.AnswerAsync(
                200,
                $"<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/{role}/me</Arn><AssumedRoleId>AROA:me</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIA{role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials></{action}Result></{action}Response>",
                ("Content-Type", "text/xml")
            );
        }
        else if (action == "GetCallerIdentity")
        {
            var token = e.Request.Headers.ContainsKey("X-Amz-Security-Token") ? " token" : "";
            var path = e.Request.Path.Value!.TrimEnd('/');
            caller = key + token + (path.Length == 0 ? "" : $" {path}");
            await e.AnswerAsync(
                200,
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:iam::111111111111:user/me</Arn><UserId>me</UserId><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
                ("Content-Type", "text/xml")
            );
        }
        else
        {
            await e.AnswerAsync(400, """{"__type":"AccessDeniedException"}""");
        }
    }

    /// <summary>Whether it was chosen: the default name of a session does not count.</summary>
    private static bool IsSet(string told) =>
        told != "RoleSessionName=lading" && !told.StartsWith("RoleSessionName=botocore", StringComparison.Ordinal);

    private static string Place(string name, string id, string secret, string token) =>
        $$"""{"Code":"Success","{{id}}":"ASIA{{name}}","{{secret}}":"s","{{token}}":"t","Expiration":"2199-01-01T00:00:00Z"}""";

    [GeneratedRegex("Credential=(?<key>[^/]+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Scope();
}
