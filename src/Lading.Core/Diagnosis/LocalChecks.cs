using Lading.Diagnosis.Checkout;
using Lading.Diagnosis.Leftovers;
using Lading.Diagnosis.Tools;

namespace Lading.Diagnosis;

/// <summary>The checks of the machine and of the project, which need no account.</summary>
internal static class LocalChecks
{
    /// <summary>All local checks, in the order in which they are listed.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="environments">The environments whose locks are checked.</param>
    /// <param name="random">Generates the names of temporary folders.</param>
    public static IReadOnlyList<IHealthCheck> Of(
        ExaminedMachine machine,
        IReadOnlyList<string> environments,
        Random random
    ) =>
        [
            new ConfigurationCheck(machine),
            new LadingVersionCheck(machine),
            new LadingPathCheck(machine),
            new GitVersionCheck(machine),
            new CloneCheck(machine),
            new CdkAccidentCheck(machine),
            new CdkVersionCheck(machine),
            new NodeCheck(machine),
            new DotnetCheck(machine),
            new EngineCheck(machine),
            new BuildKitCheck(machine),
            new ProxyCheck(machine),
            new OwnFolderCheck(machine),
            new BasesCheck(machine),
            new LockCheck(machine, environments, random),
            new StagingCheck(machine),
            new DiskCheck(machine),
            new LeftoversCheck(machine),
        ];
}
