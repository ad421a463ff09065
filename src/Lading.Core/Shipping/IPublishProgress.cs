namespace Lading.Shipping;

/// <summary>Receives the plan and the steps of a publication.</summary>
internal interface IPublishProgress : IProgress<ShippingEvent>
{
    /// <summary>The plan is made; nothing has been done yet.</summary>
    void Planned(ShippingPlan plan);

    /// <summary>Waits for a publication that has started; may show its steps and its outcome.</summary>
    Task<PublishOutcome> WatchAsync(Task<PublishOutcome> publishing);
}
