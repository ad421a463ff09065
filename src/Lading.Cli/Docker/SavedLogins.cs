using System.Security.Cryptography;
using System.Text;
using Lading.Registry.Credentials;

namespace Lading.Cli.Docker;

/// <summary>
/// Stores the logins from the CDK until the build or push that needs them. Each step is a new process, so they are in
/// files, as with Docker. Only the user may read them, and none is stored longer than ECR's are valid.
/// </summary>
/// <param name="folder">The folder of the files.</param>
/// <param name="time">The clock.</param>
/// <param name="next">Provides other logins.</param>
internal sealed class SavedLogins(string folder, TimeProvider time, IRegistryCredentials next) : IRegistryCredentials
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>Stores a login.</summary>
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

    /// <summary>All stored logins, by host.</summary>
    public async Task<IReadOnlyDictionary<string, RegistryLogin>> ListAsync(CancellationToken cancellationToken)
    {
        Sweep();
        var logins = new SortedDictionary<string, RegistryLogin>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (await ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } saved)
            {
                logins[saved.Host] = saved.Login;
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
            // None was stored, or another step has removed it.
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
