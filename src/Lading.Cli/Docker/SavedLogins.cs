using System.Security.Cryptography;
using System.Text;
using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>
/// The logins from the CDK, until the build or push that needs them: a program that starts again for each step can store them only in
/// files, like Docker. Nobody else may read them, and none is stored longer than ECR's are valid.
/// </summary>
/// <param name="folder">Their folder.</param>
/// <param name="time">The clock.</param>
/// <param name="next">Provides other logins.</param>
internal sealed class SavedLogins(string folder, TimeProvider time, IRegistryCredentials next) : IRegistryCredentials
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>Keeps a login.</summary>
    public void Save(string host, RegistryLogin login)
    {
        PrivateFile.CreateFolder(folder);
        PrivateFile.Replace(PathOf(host), Encoding.UTF8.GetBytes($"{host}\n{login.User}\n{login.Password}"));
        Sweep();
    }

    public async Task<RegistryLogin?> FindAsync(string host, bool renew, CancellationToken cancellationToken)
    {
        Sweep();
        return (await ReadAsync(PathOf(host), cancellationToken).ConfigureAwait(false))?.Login
            ?? await next.FindAsync(host, renew, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All stored ones, by host.</summary>
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
            // Another step has removed it, or none was stored.
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
