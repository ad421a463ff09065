using System.Text.Json;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr;

/// <summary>A call of an ECR operation: what was sent, and the registry that it is sent to.</summary>
/// <param name="registry">The registry.</param>
/// <param name="input">What was sent.</param>
/// <param name="origin">The registry's address as the caller knows it: <c>http://127.0.0.1:5050</c>.</param>
/// <param name="region">The region that the caller signed for.</param>
internal sealed class EcrCall(ServedRegistry registry, EcrRequestBody input, Uri origin, string region)
{
    public ServedRegistry Registry => registry;

    public EcrRequestBody Input => input;

    public Uri Origin => origin;

    /// <summary>The account whose registry this is.</summary>
    public string Account => registry.Options.Account;

    public DateTimeOffset Now => registry.Options.Time.GetUtcNow();

    /// <summary>The name of the repository in question.</summary>
    /// <exception cref="EcrException">It is missing, or not a valid name.</exception>
    public RepositoryName RepositoryName() => NameOf(input.Text("repositoryName", 2, 256), "repositoryName");

    /// <summary>The repository in question, which must be there.</summary>
    /// <exception cref="EcrException">It is not.</exception>
    public ServedRepository Repository() => Repository(RepositoryName());

    /// <summary>A repository by its name.</summary>
    /// <exception cref="EcrException">It is not there.</exception>
    public ServedRepository Repository(RepositoryName name) =>
        registry.Store.Find(name) is { } record
            ? new ServedRepository(Account, name, record, registry.Store.Open(name))
            : throw EcrException.RepositoryNotFound(name, Account);

    /// <summary>Changes how the repository in question is set up.</summary>
    /// <returns>It, as it is then.</returns>
    public async Task<ServedRepository> ChangeAsync(
        RepositoryName name,
        Func<RepositoryRecord, RepositoryRecord> change,
        CancellationToken cancellationToken
    )
    {
        var record = await registry.Store.ChangeAsync(name, change, cancellationToken).ConfigureAwait(false);
        return record is null
            ? throw EcrException.RepositoryNotFound(name, Account)
            : new ServedRepository(Account, name, record, registry.Store.Open(name));
    }

    public string ArnOf(RepositoryName name) => $"arn:aws:ecr:{region}:{Account}:repository/{name}";

    /// <summary>What <c>docker push</c> calls it.</summary>
    public string UriOf(RepositoryName name) => $"{origin.Authority}/{name}";

    /// <summary>Writes the members by which most answers begin.</summary>
    public void WriteRepository(Utf8JsonWriter json, RepositoryName name)
    {
        json.WriteString("registryId", Account);
        json.WriteString("repositoryName", name.Value);
    }

    public static RepositoryName NameOf(string text, string parameter) =>
        Oci.RepositoryName.TryParse(text, out var name) && text.Length >= 2
            ? name
            : throw EcrException.Invalid(
                parameter,
                @"must satisfy regular expression '[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*'"
            );
}

/// <summary>The repository that a request is about.</summary>
/// <param name="Account">The registry's account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Record">How it is set up.</param>
/// <param name="Layout">Its images.</param>
internal sealed record ServedRepository(
    string Account,
    RepositoryName Name,
    RepositoryRecord Record,
    ImageLayout Layout
);
