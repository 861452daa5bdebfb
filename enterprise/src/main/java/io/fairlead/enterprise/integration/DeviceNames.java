package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.device.Customer;
import io.fairlead.contract.integration.device.CustomerList;
import io.fairlead.contract.integration.device.CustomerPage;
import io.fairlead.contract.integration.device.FindCustomers;
import io.fairlead.contract.integration.device.FindCustomersResponse;
import io.fairlead.contract.integration.device.FindModels;
import io.fairlead.contract.integration.device.FindModelsResponse;
import io.fairlead.contract.integration.device.FindRegions;
import io.fairlead.contract.integration.device.FindRegionsResponse;
import io.fairlead.contract.integration.device.FindSites;
import io.fairlead.contract.integration.device.FindSitesResponse;
import io.fairlead.contract.integration.device.Model;
import io.fairlead.contract.integration.device.ModelList;
import io.fairlead.contract.integration.device.ModelPage;
import io.fairlead.contract.integration.device.NameCriteria;
import io.fairlead.contract.integration.device.Region;
import io.fairlead.contract.integration.device.RegionList;
import io.fairlead.contract.integration.device.RegionPage;
import io.fairlead.contract.integration.device.Site;
import io.fairlead.contract.integration.device.SiteCriteria;
import io.fairlead.contract.integration.device.SiteList;
import io.fairlead.contract.integration.device.SitePage;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.roster.Choices;
import io.fairlead.enterprise.roster.CustomerSite;
import io.fairlead.enterprise.roster.Roster;
import io.vertx.core.Future;
import java.util.List;

/** What the devices that a caller may see have in common: models, customers, sites, regions, each with its count. */
final class DeviceNames {
    private final Devices devices;
    private final Roster roster;

    DeviceNames(Devices devices, Roster roster) {
        this.devices = devices;
        this.roster = roster;
    }

    void answer(Operations operations) {
        operations.answer(FindModels.class, this::models);
        operations.answer(FindCustomers.class, this::customers);
        operations.answer(FindSites.class, this::sites);
        operations.answer(FindRegions.class, this::regions);
    }

    private Future<Choices> choices(Caller caller) {
        return devices.mustView(caller.actor(), Action.SEE_DEVICE).compose(may -> roster.choices(caller.actor()));
    }

    private Future<FindModelsResponse> models(Caller caller, FindModels request) {
        NameCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return choices(caller).map(choices -> {
            Paging.Page<Choices.Choice> found = paging.of(choices.models(), Choices.Choice::value, wanted.getText());
            ModelList list = new ModelList();
            for (Choices.Choice choice : found.items()) {
                Model one = new Model();
                one.setId(choice.value());
                one.setDeviceCount(choice.devices());
                list.getModel().add(one);
            }
            ModelPage page = new ModelPage();
            page.setTotalCount(found.total());
            page.setPageNumber(found.number());
            page.setPageSize(paging.size());
            page.setModels(list);
            FindModelsResponse response = new FindModelsResponse();
            response.setPage(page);
            return response;
        });
    }

    private Future<FindCustomersResponse> customers(Caller caller, FindCustomers request) {
        NameCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return choices(caller).map(choices -> {
            Paging.Page<Choices.Choice> found = paging.of(choices.customers(), Choices.Choice::value, wanted.getText());
            CustomerList list = new CustomerList();
            for (Choices.Choice choice : found.items()) {
                Customer one = new Customer();
                one.setId(choice.value());
                one.setDeviceCount(choice.devices());
                list.getCustomer().add(one);
            }
            CustomerPage page = new CustomerPage();
            page.setTotalCount(found.total());
            page.setPageNumber(found.number());
            page.setPageSize(paging.size());
            page.setCustomers(list);
            FindCustomersResponse response = new FindCustomersResponse();
            response.setPage(page);
            return response;
        });
    }

    private Future<FindRegionsResponse> regions(Caller caller, FindRegions request) {
        NameCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return choices(caller).map(choices -> {
            Paging.Page<Choices.Choice> found = paging.of(choices.regions(), Choices.Choice::value, wanted.getText());
            RegionList list = new RegionList();
            for (Choices.Choice choice : found.items()) {
                Region one = new Region();
                one.setId(choice.value());
                one.setDeviceCount(choice.devices());
                list.getRegion().add(one);
            }
            RegionPage page = new RegionPage();
            page.setTotalCount(found.total());
            page.setPageNumber(found.number());
            page.setPageSize(paging.size());
            page.setRegions(list);
            FindRegionsResponse response = new FindRegionsResponse();
            response.setPage(page);
            return response;
        });
    }

    private Future<FindSitesResponse> sites(Caller caller, FindSites request) {
        SiteCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return devices.mustView(caller.actor(), Action.SEE_DEVICE)
                .compose(may -> roster.sites(caller.actor()))
                .map(all -> {
                    List<CustomerSite> his = all.stream()
                            .filter(site -> wanted.getCustomer() == null
                                    || wanted.getCustomer().equals(site.customer()))
                            .toList();
                    Paging.Page<CustomerSite> found = paging.of(his, CustomerSite::site, wanted.getText());
                    SiteList list = new SiteList();
                    for (CustomerSite each : found.items()) {
                        Site one = new Site();
                        one.setId(each.site());
                        one.setCustomer(each.customer());
                        one.setDeviceCount(each.devices());
                        list.getSite().add(one);
                    }
                    SitePage page = new SitePage();
                    page.setTotalCount(found.total());
                    page.setPageNumber(found.number());
                    page.setPageSize(paging.size());
                    page.setSites(list);
                    FindSitesResponse response = new FindSitesResponse();
                    response.setPage(page);
                    return response;
                });
    }
}
