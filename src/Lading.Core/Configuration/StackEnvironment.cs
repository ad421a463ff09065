using Lading.Oci;

namespace Lading.Configuration;

/// <summary>The account and region of a stack, as far as its app defines them: CDK's term is environment.</summary>
/// <param name="Account">12 digits; null if the stack leaves it open.</param>
/// <param name="Region">Null if the stack leaves it open.</param>
internal sealed record StackEnvironment(string? Account, string? Region)
{
    // Placeholders for what is open. They contain no colons, so that ARNs can still be parsed.
    private const string OpenAccount = "${AccountId}";
    public const string OpenRegion = "${Region}";
    public const string OpenSuffix = "${URLSuffix}";

    /// <summary>Parses <c>aws://account/region</c>, the form in assemblies.</summary>
    public static StackEnvironment Parse(string? environment)
    {
        var parts = environment?.Split('/') ?? [];
        return parts is ["aws:", "", var account, var region]
            ? new StackEnvironment(
                account is "unknown-account" ? null : account,
                region is "unknown-region" or "" ? null : region
            )
            : new StackEnvironment(null, null);
    }

    /// <summary>True if both are defined.</summary>
    public bool IsKnown => Account is not null && Region is not null;

    /// <summary>Whether a stack there may belong to an environment: what either leaves open matches anything.</summary>
    public bool Fits(EnvironmentDefinition environment) =>
        IsSame(Account, environment.Account) && IsSame(Region, environment.Region);

    /// <summary>Whether account and region are defined, and equal to an environment's.</summary>
    public bool IsThatOf(EnvironmentDefinition environment) =>
        IsKnown && Account == environment.Account && Region == environment.Region;

    /// <summary>Whether the accounts may be equal, whatever the regions.</summary>
    public bool IsInAccountOf(EnvironmentDefinition environment) => IsSame(Account, environment.Account);

    /// <summary>For messages: <c>account 111111111111 and region eu-west-1</c>.</summary>
    public override string ToString() =>
        (Account, Region) switch
        {
            (null, null) => "no account or region",
            (null, _) => $"region {Region}",
            (_, null) => $"account {Account}",
            _ => $"account {Account} and region {Region}",
        };

    /// <summary>The value of one of CloudFormation's pseudo parameters; null if account and region do not determine it.</summary>
    public string? Find(string pseudoParameter) =>
        pseudoParameter switch
        {
            "AWS::AccountId" => Account ?? OpenAccount,
            "AWS::Region" => Region ?? OpenRegion,
            "AWS::URLSuffix" => Region is null ? OpenSuffix : EcrAddress.SuffixOf(Region),
            "AWS::Partition" => Region is null ? "${Partition}" : EcrAddress.PartitionOf(Region),
            _ => null,
        };

    /// <summary>The repository in this account and region's own ECR; null if a reference names any other registry.</summary>
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

    private static bool IsSame(string? one, string? other) => one is null || other is null || one == other;
}
