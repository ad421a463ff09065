using System.Globalization;

namespace Lading.Testing.Cloud;

/// <summary>Who may do what: the caller everything that is not denied, roles only what is granted.</summary>
internal sealed class TestRoles(string account)
{
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);

    /// <summary>Actions denied to the caller's own credentials, as policies name them.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>Roles that the caller may assume, by ARN, with what each may do.</summary>
    public Dictionary<string, IReadOnlySet<string>> Granted { get; } = new(StringComparer.Ordinal);

    /// <summary>What roles have done: the role's name, and the action.</summary>
    public List<(string Role, string Action)> Done { get; } = [];

    /// <summary>Whether a call is refused; records the accepted calls of roles.</summary>
    /// <param name="key">The access key that signed it.</param>
    /// <param name="action">As policies name it.</param>
    public bool Refuses(string key, string action)
    {
        if (!May(key, action))
        {
            return true;
        }

        if (keys.TryGetValue(key, out var role))
        {
            Done.Add((role[(role.LastIndexOf('/') + 1)..], action));
        }

        return false;
    }

    /// <summary>Whether the owner of a key may do something.</summary>
    public bool May(string key, string action) =>
        keys.TryGetValue(key, out var role)
            ? Granted[role].Contains(action) || action == "sts:GetCallerIdentity"
            : !Denied.Contains(action);

    /// <summary>The answer to AssumeRole (AWS STS API reference).</summary>
    public (int Status, string Body) Assume(string role)
    {
        if (!Granted.ContainsKey(role))
        {
            return (
                403,
                $"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::{account}:user/test is not authorized to perform: sts:AssumeRole on resource: {role}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
            );
        }

        var key = $"ASIA{keys.Count.ToString("D16", CultureInfo.InvariantCulture)}";
        keys[key] = role;
        var until = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture
        );
        return (
            200,
            $"<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>{until}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROA:lading</AssumedRoleId><Arn>{role}</Arn></AssumedRoleUser></AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>"
        );
    }
}
