using System.Globalization;
using Lading.Aws.Ssm;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Rollbacks;

namespace Lading.Aws.Diagnosis;

/// <summary>
/// Whether the account is bootstrapped with a version that is new enough for the app and the CDK CLI.
/// </summary>
internal sealed class BootstrapCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Bootstrap, account)
{
    /// <summary>Decides by the versions.</summary>
    /// <param name="facts">The existing and required versions.</param>
    public static HealthFinding Decide(BootstrapFacts facts)
    {
        var command = CommandFor(facts.Account, facts.Region, facts.Qualifier, facts.Profile);
        return facts.Found is not { } found
                ? HealthFinding.Broken(
                    $"{facts.Account}/{facts.Region} is not bootstrapped with qualifier {facts.Qualifier}, which the app deploys with",
                    command
                )
            : found < facts.Required
                ? HealthFinding.Broken(
                    $"bootstrap version {found} of {facts.Account}/{facts.Region} is older than the app's assembly requires ({facts.Required})",
                    command
                )
            : found < facts.Offered
                ? HealthFinding.Warning(
                    $"bootstrap version {found} of {facts.Account}/{facts.Region} is older than cdk {facts.Cdk} wants ({facts.Offered})",
                    command
                )
            : HealthFinding.Fine($"bootstrap version {found}");
    }

    /// <summary>The command that bootstraps an account and region.</summary>
    public static string CommandFor(string account, string region, string qualifier, string? profile) =>
        $"cdk bootstrap aws://{account}/{region}{(qualifier == BootstrapWanted.Default ? "" : $" --qualifier {qualifier}")}{AwsCliOptions.Of(null, profile)}";

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (Account.Machine.Bootstraps is not { } wanted)
        {
            return [HealthFinding.Fine("no CDK app here")];
        }

        var findings = await Task.WhenAll(
                wanted.Required.Select(each => LookAsync(each.Key, each.Value, wanted, cancellationToken))
            )
            .ConfigureAwait(false);
        return findings;
    }

    private async Task<HealthFinding> LookAsync(
        string qualifier,
        int required,
        BootstrapWanted wanted,
        CancellationToken cancellationToken
    )
    {
        var parameter = await Account
            .FindAsync(new GetParameter(Bootstrap.VersionParameterOf(qualifier), null), cancellationToken)
            .ConfigureAwait(false);
        var isNumber = int.TryParse(parameter?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        return parameter is not null && !isNumber
            ? HealthFinding.Unknown($"the bootstrap's version is '{parameter.Value}'")
            : Decide(
                new BootstrapFacts(
                    Account.Account,
                    Account.Region,
                    qualifier,
                    parameter is null ? null : version,
                    required,
                    wanted.Offered,
                    wanted.Cdk,
                    Account.Environment.Profile
                )
            );
    }

    /// <summary>The versions, and the account they are for.</summary>
    /// <param name="Account">12 digits.</param>
    /// <param name="Region">The region.</param>
    /// <param name="Qualifier">Distinguishes several bootstraps.</param>
    /// <param name="Found">The existing version; null if the account is not bootstrapped.</param>
    /// <param name="Required">The version that the assembly requires.</param>
    /// <param name="Offered">The version that <c>cdk bootstrap</c> would create; 0 if that is unknown.</param>
    /// <param name="Cdk">The version of cdk.</param>
    /// <param name="Profile">The profile for the account; null for the default credentials.</param>
    internal sealed record BootstrapFacts(
        string Account,
        string Region,
        string Qualifier,
        int? Found,
        int Required,
        int Offered,
        string Cdk,
        string? Profile
    );
}
