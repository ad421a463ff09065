using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>Where a stack is deployed to, as far as the assembly says.</summary>
/// <param name="Account">12 digits; null where the stack leaves it open.</param>
/// <param name="Region">Null where the stack leaves it open.</param>
internal sealed record StackPlace(string? Account, string? Region)
{
    // What is open stands for itself in texts: without colons, so that ARNs can still be taken apart.
    private const string OpenAccount = "${AccountId}";
    private const string OpenRegion = "${Region}";
    private const string OpenSuffix = "${URLSuffix}";

    /// <summary>Reads <c>aws://account/region</c>, as assemblies write it.</summary>
    public static StackPlace Parse(string? environment)
    {
        var parts = environment?.Split('/') ?? [];
        return parts is ["aws:", "", var account, var region]
            ? new StackPlace(
                account is "unknown-account" ? null : account,
                region is "unknown-region" or "" ? null : region
            )
            : new StackPlace(null, null);
    }

    /// <summary>The value of one of CloudFormation's pseudo parameters; null for any that a place does not tell.</summary>
    public string? Find(string pseudoParameter) =>
        pseudoParameter switch
        {
            "AWS::AccountId" => Account ?? OpenAccount,
            "AWS::Region" => Region ?? OpenRegion,
            "AWS::URLSuffix" => Region is null ? OpenSuffix : EcrAddress.SuffixOf(Region),
            "AWS::Partition" => Region is null ? "${Partition}" : EcrAddress.PartitionOf(Region),
            _ => null,
        };

    /// <summary>The path within this place's own ECR; null where a reference names any other registry.</summary>
    public string? FindOwnPath(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var host = reference[..slash];
        var own = $"{Find("AWS::AccountId")}.dkr.ecr.{Find("AWS::Region")}.{Find("AWS::URLSuffix")}";
        return
            string.Equals(host, own, StringComparison.Ordinal)
            || (EcrAddress.TryParse(host, out var address) && address.Account == Account && address.Region == Region)
            ? reference[(slash + 1)..]
            : null;
    }
}
