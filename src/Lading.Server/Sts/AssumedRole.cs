using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Lading.Server.Access;
using Microsoft.Extensions.Primitives;

namespace Lading.Server.Sts;

/// <summary>A role of the registry's account, which any authorized caller may assume: its credentials are equivalent to the caller's own.</summary>
/// <param name="Xml">The result of sts:AssumeRole.</param>
internal sealed partial record AssumedRole(string Xml)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <returns>Null if the role does not belong to the account.</returns>
    public static AssumedRole? Find(IReadOnlyDictionary<string, StringValues> form, ServedRegistry registry)
    {
        var account = registry.Options.Account;
        string Value(string name) => form.GetValueOrDefault(name).ToString();
        var arn = Role().Match(Value("RoleArn"));
        if (!arn.Success || arn.Groups["account"].Value != account)
        {
            return null;
        }

        var session = WebUtility.HtmlEncode(Value("RoleSessionName"));
        var role = arn.Groups["name"].Value;
        var expiry = registry.Options.Time.GetUtcNow() + Lifetime;
        var (key, secret) = registry.Signatures.IssueRole(expiry);
        var until = expiry.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new AssumedRole(
            $"<AssumedRoleUser><AssumedRoleId>AROALADING:{session}</AssumedRoleId><Arn>arn:aws:sts::{account}:assumed-role/{role}/{session}</Arn></AssumedRoleUser>"
                + $"<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>{SignatureCheck.RoleToken}</SessionToken><Expiration>{until}</Expiration></Credentials>"
        );
    }

    [GeneratedRegex(
        @"^arn:aws[a-z-]*:iam::(?<account>[0-9]{12}):role/(?<name>[\w+=,.@/-]{1,512})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Role();
}
