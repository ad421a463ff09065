using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.Testing.Cloud;

/// <summary>Reads which AWS call a request is, and whose.</summary>
/// <param name="accounts">The known accounts; more may be added.</param>
internal sealed partial class AwsCallReader(IReadOnlyCollection<TestAccount> accounts)
{
    private readonly ConcurrentDictionary<string, string> roles = new(StringComparer.Ordinal);

    /// <summary>Remembers the account of an assumed role, by its access key.</summary>
    public byte[] Remember(byte[] answer)
    {
        var match = TakenRole().Match(Encoding.UTF8.GetString(answer));
        if (match.Success)
        {
            roles[match.Groups["key"].Value] = match.Groups["account"].Value;
        }

        return answer;
    }

    /// <summary>Which call a request is, and whose.</summary>
    public async Task<AwsCall> ReadAsync(HttpRequest request)
    {
        var scope = Scope().Match(request.Headers.Authorization.ToString());
        var key = scope.Groups["key"].Value;
        var account = accounts.FirstOrDefault(known => known.AccessKey == key)?.Id ?? roles.GetValueOrDefault(key);
        var operation = request.Method;
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
        {
            operation = target[(target.LastIndexOf('.') + 1)..];
        }
        else if (request.HasFormContentType || request.ContentType?.Contains("form", StringComparison.Ordinal) == true)
        {
            using var reader = new StreamReader(request.Body, leaveOpen: true);
            var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
            request.Body.Position = 0;
            operation = form.GetValueOrDefault("Action").ToString();
        }

        return new AwsCall(
            scope.Groups["service"].Value,
            operation,
            account ?? "",
            request.Headers.UserAgent.ToString().StartsWith("lading", StringComparison.Ordinal),
            roles.ContainsKey(key)
        );
    }

    [GeneratedRegex(
        @"Credential=(?<key>[^/]+)/\d+/[^/]+/(?<service>[^/]+)/aws4_request",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Scope();

    [GeneratedRegex(
        @"<AccessKeyId>(?<key>\w+)</AccessKeyId>[\s\S]*<Arn>arn:aws:sts::(?<account>\d{12}):",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex TakenRole();
}
