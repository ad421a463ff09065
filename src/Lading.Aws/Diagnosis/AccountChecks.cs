using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>The checks of an account and region.</summary>
internal static class AccountChecks
{
    /// <summary>All checks, in the order in which they are listed.</summary>
    public static IReadOnlyList<IHealthCheck> Of(ExaminedAccount account) =>
        [
            new CredentialsCheck(account),
            new ClockCheck(account),
            new EndpointsCheck(account),
            new BootstrapCheck(account),
            new BootstrapRolesCheck(account),
            new RepositoriesCheck(account),
            new TagMutabilityCheck(account),
            new TagAliasesCheck(account),
            new LifecycleCheck(account),
            new CdkGcCheck(account),
            new PlatformsCheck(account),
            new PullPermissionCheck(account),
            new LeasesCheck(account),
        ];
}
