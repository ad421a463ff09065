using Lading.Context;

namespace Lading.Diagnosis.Checkout;

/// <summary>Whether there is enough disk space for images: where Lading stores them, where docker does, and for temporary files.</summary>
internal sealed class DiskCheck(ExaminedMachine machine) : IHealthCheck
{
    private const long Gigabyte = 1_000_000_000;

    public string Name => DoctorCheck.Disk;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var folders = new List<(string Use, string Path)>
        {
            ("images and locks", Path.Combine(machine.Folder, OwnFiles.Folder)),
            ("temporary files", Path.GetTempPath()),
        };
        if (await FindDockerRootAsync(cancellationToken).ConfigureAwait(false) is { } root)
        {
            folders.Add(("docker", root));
        }

        return
        [
            .. folders
                .Select(each => (each.Use, Drive: DriveOf(each.Path)))
                .Where(each => each.Drive is not null)
                .GroupBy(each => each.Drive!.RootDirectory.FullName, StringComparer.Ordinal)
                .Select(disk =>
                    Decide(
                        disk.Key,
                        string.Join(", ", disk.Select(each => each.Use)),
                        disk.First().Drive!.AvailableFreeSpace
                    )
                ),
        ];
    }

    /// <param name="disk">Its mount point.</param>
    /// <param name="use">What is stored there.</param>
    /// <param name="free">The free space in bytes.</param>
    public static HealthFinding Decide(string disk, string use, long free)
    {
        var text = $"{Amount.OfBytes(free)} free on {disk} ({use})";
        const string Remedy = "free some: 'docker system df' shows what docker keeps";
        return free < Gigabyte ? HealthFinding.Broken(text, Remedy)
            : free < 5 * Gigabyte ? HealthFinding.Warning(text, Remedy)
            : HealthFinding.Fine(text);
    }

    /// <summary>The image folder of the local docker; null if unknown, or if docker is on another machine.</summary>
    private async Task<string?> FindDockerRootAsync(CancellationToken cancellationToken)
    {
        if (machine.Caller.Variable("DOCKER_HOST") is { } host && !host.StartsWith("unix:", StringComparison.Ordinal))
        {
            return null;
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            var answer = await machine
                .AskAsync("docker", ["info", "--format", "{{.DockerRootDir}}"], limited.Token)
                .ConfigureAwait(false);
            return answer is { ExitCode: 0 } && Path.IsPathRooted(answer.Text) ? answer.Text : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another check reports that docker does not answer.
            return null;
        }
    }

    /// <summary>The disk of a folder, or of its nearest existing parent.</summary>
    private static DriveInfo? DriveOf(string path)
    {
        var folder = new DirectoryInfo(path);
        while (folder is { Exists: false, Parent: { } parent })
        {
            folder = parent;
        }

        // The mount of the path: the longest one that is a prefix of it.
        return DriveInfo
            .GetDrives()
            .Where(drive => drive.IsReady && IsWithin(folder.FullName, drive.RootDirectory.FullName))
            .MaxBy(drive => drive.RootDirectory.FullName.Length);
    }

    private static bool IsWithin(string path, string root) =>
        path == root
        || path.StartsWith(
            root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );
}
