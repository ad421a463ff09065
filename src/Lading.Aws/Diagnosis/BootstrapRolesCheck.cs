using Lading.Aws.Iam;
using Lading.Diagnosis;
using Lading.Oci;
using Lading.Rollbacks;
using Lading.Running.Evidence;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether the roles of the bootstrap exist, and may be assumed.</summary>
internal sealed class BootstrapRolesCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.BootstrapRoles, account)
{
    /// <summary>Decides about each role.</summary>
    /// <param name="roles">The facts about each role.</param>
    public static IReadOnlyList<HealthFinding> Decide(IReadOnlyList<RoleFacts> roles)
    {
        var findings = new List<HealthFinding>();
        foreach (var role in roles.Where(role => role.Standing != RoleStanding.Assumed))
        {
            var name = ArnName.Of(role.Arn);
            var (text, remedy) = role.Standing switch
            {
                RoleStanding.Missing => ($"role {name}, with which cdk {role.Use}, is not there", role.Bootstrap),
                RoleStanding.Refused => (
                    $"role {name}, with which cdk {role.Use}, may not be assumed: either these credentials lack sts:AssumeRole, or the role does not trust them",
                    $"allow sts:AssumeRole on {role.Arn}, and see that its trust policy names these credentials' account"
                ),
                _ => ("", ""),
            };
            findings.Add(
                role.Standing == RoleStanding.Unclear
                    ? HealthFinding.Unknown(
                        $"role {name} may not be assumed, and whether it is there: no access to iam:GetRole"
                    )
                : role.IsNeeded ? HealthFinding.Broken(text, remedy)
                : HealthFinding.Warning(text, remedy)
            );
        }

        return findings.Count > 0 ? findings : [HealthFinding.Fine($"{roles.Count} roles may be assumed")];
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (Account.Machine.Bootstraps is not { } wanted)
        {
            return [HealthFinding.Fine("no CDK app here")];
        }

        // This verifies the account: in another one, the result would be meaningless.
        _ = await Account.AskAsync(new Sts.GetCallerIdentity(), cancellationToken).ConfigureAwait(false);
        var partition = EcrAddress.PartitionOf(Account.Region);
        var roles = wanted.Required.Keys.SelectMany(qualifier =>
        {
            var bootstrap = new Bootstrap(qualifier, partition, Account.Account, Account.Region);
            var command = BootstrapCheck.CommandFor(
                Account.Account,
                Account.Region,
                qualifier,
                Account.Environment.Profile
            );
            return ((string Arn, string Use, bool IsNeeded, string Command)[])
                [
                    (bootstrap.DeployRole, "deploys", true, command),
                    (bootstrap.FilePublishingRole, "uploads templates", true, command),
                    (bootstrap.ImagePublishingRole, "pushes image assets", false, command),
                    (bootstrap.LookupRole, "looks values up", false, command),
                ];
        });
        var facts = await Task.WhenAll(
                roles.Select(async role => new RoleFacts(
                    role.Arn,
                    role.Use,
                    role.IsNeeded,
                    role.Command,
                    await StandingOfAsync(role.Arn, cancellationToken).ConfigureAwait(false)
                ))
            )
            .ConfigureAwait(false);
        return Decide(facts);
    }

    private async Task<RoleStanding> StandingOfAsync(string role, CancellationToken cancellationToken)
    {
        try
        {
            using var session = Account.Session.Assume(role);
            _ = await session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
            return RoleStanding.Assumed;
        }
        catch (LadingException)
        {
            // STS returns the same error for a role that does not exist, and for one that does not trust the caller.
        }

        try
        {
            var found = await Account.FindAsync(new GetRole(ArnName.Of(role)), cancellationToken).ConfigureAwait(false);
            return found is null ? RoleStanding.Missing : RoleStanding.Refused;
        }
        catch (LadingException)
        {
            return RoleStanding.Unclear;
        }
    }

    /// <summary>The facts about a role.</summary>
    /// <param name="Arn">Its ARN.</param>
    /// <param name="Use">What cdk uses it for, as part of a sentence.</param>
    /// <param name="IsNeeded">Whether every deployment needs it.</param>
    /// <param name="Bootstrap">The command that creates it.</param>
    /// <param name="Standing">Whether these credentials may assume it.</param>
    internal sealed record RoleFacts(string Arn, string Use, bool IsNeeded, string Bootstrap, RoleStanding Standing);

    /// <summary>Whether a role may be assumed.</summary>
    internal enum RoleStanding
    {
        /// <summary>The role was assumed.</summary>
        Assumed,

        /// <summary>The role does not exist.</summary>
        Missing,

        /// <summary>The role exists, but these credentials may not assume it.</summary>
        Refused,

        /// <summary>The role could not be assumed, and the reason is unknown.</summary>
        Unclear,
    }
}
