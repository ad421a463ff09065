using System.Text.RegularExpressions;
using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Oci;
using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>
/// The bootstrap (<c>cdk bootstrap</c>) of an account and region: its roles, and a bucket for templates.
/// </summary>
/// <param name="Qualifier">Distinguishes several bootstraps in one account, such as <c>hnb659fds</c>.</param>
/// <param name="Partition">Such as <c>aws</c>.</param>
/// <param name="Account">12 digits.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
internal sealed partial record Bootstrap(string Qualifier, string Partition, string Account, string Region)
{
    private const string Parameter = "BootstrapVersion";

    /// <summary>The bucket for templates and other file assets.</summary>
    public string Bucket => $"cdk-{Qualifier}-assets-{Account}-{Region}";

    /// <summary>The role that creates and executes change sets.</summary>
    public string DeployRole => RoleOf("deploy");

    /// <summary>The role that writes to the bucket.</summary>
    public string FilePublishingRole => RoleOf("file-publishing");

    /// <summary>The role that pushes image assets.</summary>
    public string ImagePublishingRole => RoleOf("image-publishing");

    /// <summary>The role that looks up context values during synthesis.</summary>
    public string LookupRole => RoleOf("lookup");

    /// <summary>The SSM parameter with the version of the bootstrap that has a qualifier.</summary>
    public static string VersionParameterOf(string qualifier) => $"/cdk-bootstrap/{qualifier}/version";

    /// <summary>The qualifier in the name of such a parameter; null for any other name.</summary>
    public static string? QualifierOf(string parameter) =>
        ByVersion().Match(parameter) is { Success: true } match ? match.Groups["qualifier"].Value : null;

    /// <summary>The URL of an object in the bucket, as CloudFormation accepts it.</summary>
    public string AddressOf(string key) => $"https://s3.{Region}.{EcrAddress.SuffixOf(Region)}/{Bucket}/{key}";

    /// <summary>
    /// The bootstrap that a stack was deployed with, found by its role, otherwise by the default of its bootstrap version parameter.
    /// Null if a stack has neither, for example because the CDK did not create it.
    /// </summary>
    public static Bootstrap? Find(StackEvidence stack)
    {
        if (!Arn.TryParse(stack.Id, out var id))
        {
            return null;
        }

        var version =
            stack.Template is { } template && JsonMembers.TryGet(template, out var parameter, "Parameters", Parameter)
                ? parameter.FindText("Default")
                : null;
        var qualifier =
            (stack.Role is { } role ? ByRole().Match(role) : Match.Empty) is { Success: true } named
                ? named.Groups["qualifier"].Value
            : version is null ? null
            : QualifierOf(version);
        return qualifier is null ? null : new Bootstrap(qualifier, id.Partition, id.Account, id.Region);
    }

    private string RoleOf(string purpose) =>
        new Arn(Partition, "iam", "", Account, $"role/cdk-{Qualifier}-{purpose}-role-{Account}-{Region}").ToString();

    [GeneratedRegex("[:/]cdk-(?<qualifier>[A-Za-z0-9_-]+)-cfn-exec-role-", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByRole();

    [GeneratedRegex("^/cdk-bootstrap/(?<qualifier>[A-Za-z0-9_-]+)/version$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByVersion();
}
