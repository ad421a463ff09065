using System.Security.Cryptography;
using System.Text;
using Lading.Layout;
using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>
/// The logins that the CDK gave, until the build or push that they are for: a program that is started again for each step can keep
/// them in files alone, as Docker does. Nobody else may read them, and none is kept longer than ECR's are good for.
/// </summary>
/// <param name="folder">Where they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="next">Where logins are looked for that nobody gave.</param>
internal sealed class SavedLogins(string folder, TimeProvider time, IRegistryCredentials next) : IRegistryCredentials
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>Keeps a login.</summary>
    public async Task SaveAsync(string host, RegistryLogin login, CancellationToken cancellationToken)
    {
        PrivateFile.CreateFolder(folder);
        var path = PathOf(host);
        var temporary = AtomicFile.TemporaryBeside(path);
        var file = new StreamWriter(PrivateFile.Create(temporary));
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync($"{host}\n{login.User}\n{login.Password}".AsMemory(), cancellationToken)
                .ConfigureAwait(false);
        }

        File.Move(temporary, path, overwrite: true);
        Sweep();
    }

    public async Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        Sweep();
        return (await ReadAsync(PathOf(host), cancellationToken).ConfigureAwait(false))?.Login
            ?? await next.FindAsync(host, renew, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All that are kept, by host.</summary>
    public async Task<IReadOnlyDictionary<string, RegistryLogin>> ListAsync(CancellationToken cancellationToken)
    {
        Sweep();
        var logins = new SortedDictionary<string, RegistryLogin>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (await ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } kept)
            {
                logins[kept.Host] = kept.Login;
            }
        }

        return logins;
    }

    private static async Task<(string Host, RegistryLogin Login)?> ReadAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            return text.Split('\n', 3) is [var host, var user, var password]
                ? (host, new RegistryLogin { User = user, Password = password })
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another step has swept it, or none was kept.
            return null;
        }
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
