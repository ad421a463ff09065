using Lading.Aws.Diagnosis;
using Lading.Rollbacks;

namespace Lading.Aws.Running;

/// <summary>The updates of an account and region, with their sessions.</summary>
internal sealed class OpenStackUpdates : IOpenUpdates
{
    private readonly AwsSession session;
    private readonly RoleSessions roles;
    private readonly IDisposable? connections;

    /// <param name="session">The account and region; disposed of with this object.</param>
    /// <param name="time">The clock, for the times of facts.</param>
    /// <param name="connections">The connections that the session shares, disposed of after it; null if the caller owns
    /// them.</param>
    public OpenStackUpdates(AwsSession session, TimeProvider time, IDisposable? connections = null)
    {
        this.session = session;
        this.connections = connections;
        roles = new RoleSessions(session);
        Updates = new StackUpdates(roles, null, time);
        Pulls = new PullPermissions(session, time);
    }

    public IStackUpdates Updates { get; }

    public IPullPermissions Pulls { get; }

    public void Dispose()
    {
        roles.Dispose();
        session.Dispose();
        connections?.Dispose();
    }
}
