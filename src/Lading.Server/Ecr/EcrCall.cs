using System.Text.Json;
using Lading.Layout;
using Lading.Oci;

namespace Lading.Server.Ecr;

/// <summary>A call of an ECR operation: the request, and the registry.</summary>
/// <param name="registry">The registry.</param>
/// <param name="input">The members of the request.</param>
/// <param name="origin">The registry's address from the caller's point of view: <c>http://127.0.0.1:5050</c>.</param>
/// <param name="region">The region of the caller's signature.</param>
internal sealed class EcrCall(ServedRegistry registry, EcrRequestBody input, Uri origin, string region)
{
    public ServedRegistry Registry => registry;

    public EcrRequestBody Input => input;

    public Uri Origin => origin;

    /// <summary>The account of the registry.</summary>
    public string Account => registry.Options.Account;

    public DateTimeOffset Now => registry.Options.Time.GetUtcNow();

    /// <summary>The name of the requested repository.</summary>
    /// <exception cref="EcrException">It is missing, or invalid.</exception>
    public RepositoryName RepositoryName() => NameOf(input.Text("repositoryName", 2, 256), "repositoryName");

    /// <summary>The requested repository, which must exist.</summary>
    /// <exception cref="EcrException">It does not exist.</exception>
    public ServedRepository Repository() => Repository(RepositoryName());

    /// <summary>A repository by its name.</summary>
    /// <exception cref="EcrException">It does not exist.</exception>
    public ServedRepository Repository(RepositoryName name) =>
        registry.Store.Find(name) is { } record
            ? new ServedRepository(Account, name, record, registry.Store.Open(name))
            : throw EcrException.RepositoryNotFound(name, Account);

    /// <summary>Changes the settings of the requested repository.</summary>
    /// <returns>The changed repository.</returns>
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

    public string ArnOf(RepositoryName name) => new Arn("aws", "ecr", region, Account, $"repository/{name}").ToString();

    /// <summary>Its name for <c>docker push</c>.</summary>
    public string UriOf(RepositoryName name) => $"{origin.Authority}/{name}";

    /// <summary>Writes the members that most responses begin with.</summary>
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

/// <summary>The repository of a request.</summary>
/// <param name="Account">The registry's account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Record">Its settings.</param>
/// <param name="Layout">Its images.</param>
internal sealed record ServedRepository(
    string Account,
    RepositoryName Name,
    RepositoryRecord Record,
    ImageLayout Layout
);
