using System.Security.Cryptography;
using System.Text;
using Lading.Layout;
using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>
/// The logins that the CDK gave, until the push that they are for: a program that is started anew for each step can keep them in
/// a file alone, as Docker does. Nobody else may read it, and none is kept longer than ECR's are good for.
/// </summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="next">Where logins are looked for that nobody gave.</param>
internal sealed class SavedLogins(string folder, TimeProvider time, IRegistryCredentials next) : IRegistryCredentials
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>Keeps a login.</summary>
    public async Task SaveAsync(string host, string user, string password, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(host);
        var temporary = AtomicFile.TemporaryBeside(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new StreamWriter(temporary, options);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync($"{user}\n{password}".AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        File.Move(temporary, path, overwrite: true);
        Sweep();
    }

    public async Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        Sweep();
        var path = PathOf(host);
        if (!File.Exists(path))
        {
            return await next.FindAsync(host, renew, cancellationToken).ConfigureAwait(false);
        }

        var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return new RegistryLogin { User = text[..line], Password = text[(line + 1)..] };
    }

    private string PathOf(string host) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host))));

    private void Sweep()
    {
        var before = time.GetUtcNow().UtcDateTime - Life;
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (File.GetLastWriteTimeUtc(file) < before)
            {
                File.Delete(file);
            }
        }
    }
}
