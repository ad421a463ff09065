using System.Net;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>One request of the distribution protocol as a value. Retries, logins, redirects and errors are implemented once, around it.</summary>
/// <typeparam name="T">The result.</typeparam>
internal interface IRegistryRequest<T>
{
    /// <summary>
    /// What was attempted, as the start of an error: <c>Could not find blob sha256:… in host/repository</c>.
    /// </summary>
    string Attempted { get; }

    /// <summary>The scope that a token must have.</summary>
    ScopeSet Scope { get; }

    /// <summary>
    /// Whether a blob's bytes move. Those requests have a connection of their own; all others share one if the registry supports
    /// HTTP/2.
    /// </summary>
    bool MovesBlob => false;

    /// <summary>
    /// Whether it may be sent again unchanged. If not, it fails with a <see cref="FailedAttemptException"/>, and the sender decides
    /// where to start again.
    /// </summary>
    bool IsRepeatable => true;

    /// <summary>Creates the message; called again for each attempt, so that a body is opened again.</summary>
    HttpRequestMessage CreateMessage(Uri root);

    /// <summary>
    /// Whether <see cref="ReadAsync"/> handles a status, a success or not; others are retried or fail.
    /// </summary>
    bool IsAnswer(HttpStatusCode status);

    /// <summary>Reads the response, which is disposed of afterwards unless its body was opened.</summary>
    Task<T> ReadAsync(RegistryAnswer answer, CancellationToken cancellationToken);
}
