using Lading.Engines;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether Docker has BuildKit, which modern Dockerfiles need.</summary>
internal sealed class BuildKitCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.BuildKit;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.FindProgram("docker") is not { } path)
        {
            return [Decide(isInstalled: false, trouble: null, hasBuildKit: false)];
        }

        var docker = new DockerEngine(path);
        var trouble = await docker.ProbeAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            Decide(
                isInstalled: true,
                trouble,
                trouble is null && await docker.HasBuildKitAsync(cancellationToken).ConfigureAwait(false)
            ),
        ];
    }

    /// <param name="isInstalled">Whether docker is on the PATH.</param>
    /// <param name="trouble">Why its engine does not answer; null if it does.</param>
    /// <param name="hasBuildKit">Whether it builds with BuildKit.</param>
    public static HealthFinding Decide(bool isInstalled, string? trouble, bool hasBuildKit) =>
        !isInstalled ? HealthFinding.Fine("docker is not installed")
        : trouble is not null
            ? HealthFinding.Unknown($"docker does not answer: {trouble}", DoctorCheck.Command(DoctorCheck.Engine))
        : hasBuildKit ? HealthFinding.Fine("docker builds by BuildKit")
        : HealthFinding.Warning(
            "docker has no buildx, and so builds without BuildKit: no RUN --mount, no heredocs, no secrets, no cache in a registry",
            "install docker-buildx-plugin (Debian: docker-buildx), or set LADING_ENGINE=podman"
        );
}
